package dev.orrery.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.client.Validation.Count;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.platform.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final TortureRows TABLE = new TortureRows("t", 1000);
    private static final List<Count> PLANTED =
            List.of(new Count("kind", "domain", 4), new Count("reading", "type", 10));

    @Test
    void a_batch_that_lost_and_doubled_nothing_is_without_fault() {
        assertThat(findings(report(988, 12, PLANTED), new StoredRows(988, 988))).isEmpty();
    }

    @Test
    void what_is_lost_doubled_or_reported_otherwise_is_named() {
        assertThat(findings(report(987, 12, PLANTED), new StoredRows(988, 988)))
                .containsExactly("validated and rejected rows: 999 instead of 1000");
        assertThat(findings(report(988, 12, PLANTED), new StoredRows(989, 988)))
                .containsExactly("rows in the lake: 989 instead of 988");
        assertThat(findings(report(988, 12, PLANTED), new StoredRows(988, 987)))
                .containsExactly("different rows in the lake: 987 instead of 988");
        assertThat(findings(report(988, 12, PLANTED.subList(0, 1)), new StoredRows(988, 988)))
                .singleElement()
                .asString()
                .startsWith("reported faults");
    }

    @Test
    void a_seed_gives_its_moments_and_each_kill_comes_once() {
        assertThat(moments(7)).isEqualTo(moments(7)).isNotEqualTo(moments(8));
        Kills kills = new Kills(7, 1);

        assertThat(kills.due(Part.INGEST, 0)).isEmpty();
        assertThat(kills.due(Part.INGEST, 1)).isPresent();
        assertThat(kills.due(Part.INGEST, 1)).isEmpty();
        assertThat(kills.isEmpty()).isFalse();
    }

    private static List<Double> moments(long seed) {
        Kills kills = new Kills(seed, 3);
        return IntStream.range(0, 3)
                .mapToObj(_ -> kills.due(Part.KAFKA, 1).orElseThrow().progress())
                .toList();
    }

    private static Report report(long validated, long rejected, List<Count> reasons) {
        return new Report("accepted", 1000L, 1000, validated, rejected, reasons, 1, null);
    }

    private static List<String> findings(Report report, StoredRows stored) {
        return Findings.of(1, TABLE, List.of(), report, stored).faults();
    }
}
