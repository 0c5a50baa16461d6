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
    void what_is_done_in_pieces_adds_up_to_one_ceiling() throws Exception {
        Gauge gauge = new Gauge();
        Path csv = Files.writeString(folder.resolve("rows.csv"), "id,word\n1,one\n2,two\n3,\"thr\nee\"\n");
        gauge.measure("read", () -> CsvPart.count(csv));
        gauge.measure("wait", () -> 1);
        gauge.measure("read", () -> CsvPart.count(csv));

        assertThat(gauge.ceilings()).extracting(Ceiling::part).containsExactly("read", "wait");
        assertThat(gauge.ceilings().getFirst().units()).isEqualTo(6);
        assertThat(gauge.ceilings().getFirst().perSecond()).isPositive();
    }

    @Test
    void what_is_not_given_and_what_is_not_known_is_named() {
        assertThatThrownBy(() -> Ceilings.measure(List.of("data", "rows=1"))).hasMessageContaining("csv is not given");
        assertThatThrownBy(() -> Ceilings.measure(List.of("speed"))).hasMessageContaining("data");
    }
}
