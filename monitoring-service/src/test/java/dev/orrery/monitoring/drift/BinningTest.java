package dev.orrery.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinningTest {

    private static final Bins SPEED = new Bins("speed", new double[] {-1, 0, 2.5}, null, new long[] {1, 1, 1, 1, 0, 0});
    private static final Bins COLOUR = new Bins("colour", null, List.of("red", "", "7"), new long[] {1, 1, 1, 0, 0});
    private static final Bins SCORE = new Bins("score", new double[] {0.5}, null, new long[] {1, 1, 0, 0});
    private static final Profile PROFILE = new Profile(List.of(SPEED, COLOUR), List.of(SCORE));
    private static final PredictionsHeader HEADER = new PredictionsHeader(
            "e", 1, "m", 1, Role.CHAMPION, "onnxruntime", null, null, "i", List.of("colour"), List.of("score"));
    private static final Binning BINNING = new Binning(PROFILE);

    @Test
    void every_value_lies_in_the_bin_that_its_reference_was_counted_in() {
        List<Object> values = new ArrayList<>(Arrays.asList(
                null, "", "red", "blue", "7", 7L, 7.0, true, false, 0.0, -0.0, -1.0, -1.5, 2.5, 2.49, 1e300, 3L));
        values.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Long.MIN_VALUE));

        for (Object value : values) {
            Counts counts = count(List.of("colour", "speed"), Arrays.asList(value, value));

            assertThat(counts.ofColumn(0)).as("speed %s", value).containsExactly(one(SPEED, value));
            assertThat(counts.ofColumn(1)).as("colour %s", value).containsExactly(one(COLOUR, value));
        }
    }

    @Test
    void a_column_that_predictions_do_not_have_is_missing_in_all_of_them() {
        Counts counts = count(List.of("speed", "unheard of"), List.of(0.0, "red"));

        assertThat(counts.ofColumn(1)).containsExactly(one(COLOUR, null));
        assertThat(counts.ofColumn(2)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void counts_are_the_same_when_they_come_back_from_where_they_are_kept() {
        Counts counts = count(List.of("speed", "colour"), List.of(0.0, "red"));

        Counts kept = Counts.of(counts.toBytes());

        assertThat(kept.fit(BINNING)).isTrue();
        assertThat(kept.scored()).isEqualTo(1);
        assertThat(kept.toBytes()).isEqualTo(counts.toBytes());
        assertThat(kept.fit(new Binning(new Profile(List.of(COLOUR, SPEED), List.of(SCORE)))))
                .isFalse();
    }

    @Test
    void of_a_block_only_what_is_wanted_is_left() {
        List<Prediction> rows = List.of(row(1, "red"), row(2, "7"), row(5, "red"), failed(9));
        BinnedRows read = World.read(BINNING, HEADER, rows);

        BinnedRows left = read.only(sequence -> sequence != 1 && sequence != 5);

        Counts counts = Counts.empty(BINNING);
        counts.count(left, 0, 2);
        assertThat(left.size()).isEqualTo(2);
        assertThat(left.failed()).isEqualTo(1);
        assertThat(counts.scored()).isEqualTo(1);
        assertThat(counts.ofColumn(1)).containsExactly(one(COLOUR, "7"));
        assertThat(read.only(_ -> true)).isSameAs(read);
    }

    private static Prediction row(long sequence, String colour) {
        return new Prediction(sequence, Instant.EPOCH, 1, null, null, List.of(colour), List.of(0.1));
    }

    private static Prediction failed(long sequence) {
        return new Prediction(sequence, Instant.EPOCH, 1, null, "it failed", List.of("red"), List.of());
    }

    private static Counts count(List<String> columns, List<Object> cells) {
        PredictionsHeader header = new PredictionsHeader(
                "e", 1, "m", 1, Role.CHAMPION, "onnxruntime", null, null, "i", columns, List.of("decision", "score"));
        Prediction row = new Prediction(1, Instant.EPOCH, 1, null, null, cells, List.of(true, 0.9));
        Counts counts = Counts.empty(BINNING);
        counts.count(World.read(BINNING, header, List.of(row)), 0, 1);
        return counts;
    }

    private static long[] one(Bins bins, Object value) {
        long[] counts = new long[bins.counts().length];
        counts[bins.binOf(value)]++;
        return counts;
    }
}
