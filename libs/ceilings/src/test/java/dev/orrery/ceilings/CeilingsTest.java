package dev.orrery.ceilings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeilingsTest {

    @TempDir
    private Path folder;

    @Test
    void reading_a_file_is_measured_per_row() throws Exception {
        Path csv = Files.writeString(folder.resolve("rows.csv"), "id,word\n1,one\n2,two\n3,\"thr\nee\"\n");

        List<Ceiling> ceilings = Ceilings.measure(List.of("data", "csv=" + csv));

        assertThat(ceilings)
                .filteredOn(ceiling -> ceiling.part().equals("FastCSV"))
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.units()).isEqualTo(3);
                    assertThat(read.perSecond()).isPositive();
                });
    }

    @Test
    void what_is_not_given_is_named() {
        assertThatThrownBy(() -> Ceilings.measure(List.of("data", "rows=1"))).hasMessageContaining("csv is not given");
    }
}
