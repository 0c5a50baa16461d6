package dev.orrery.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.block.Cells;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsReaderTest {

    private static final PredictionsHeader HEADER = new PredictionsHeader(
            "e",
            1,
            "m",
            1,
            Role.CHAMPION,
            "onnxruntime",
            null,
            null,
            "i",
            List.of("a", "b", "c", "d", "e"),
            List.of("score"));
    private static final PredictionsMade BLOCK = new PredictionsMade(
            HEADER,
            List.of(
                    row(3, null, Arrays.asList(null, true, 7L, 0.5, "word"), List.of(0.25)),
                    row(9, "it failed", Arrays.asList(1.5, null, null, null, ""), List.of())));

    @Test
    void predictions_read_one_by_one_are_those_of_the_block() {
        PredictionsReader reader = new PredictionsReader(BLOCK.encoded().data());
        List<Object> seen = new ArrayList<>();

        while (reader.next()) {
            seen.addAll(List.of(reader.sequence(), reader.atMicros(), reader.outcome()));
            reader.values(into(seen), into(seen));
        }

        assertThat(reader.header()).isEqualTo(HEADER);
        assertThat(seen)
                .containsExactly(
                        3L,
                        1_000_003L,
                        Outcome.OK,
                        null,
                        true,
                        7L,
                        0.5,
                        "word",
                        0.25,
                        9L,
                        1_000_009L,
                        Outcome.FAILED,
                        1.5,
                        null,
                        null,
                        null,
                        "");
    }

    @Test
    void a_block_that_ends_early_or_goes_on_is_damaged() {
        byte[] whole = BLOCK.encoded().data();

        assertThatThrownBy(() -> readAll(Arrays.copyOf(whole, whole.length - 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> readAll(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more data");
    }

    private static void readAll(byte[] data) {
        PredictionsReader reader = new PredictionsReader(data);
        while (reader.next()) {
            reader.values(into(new ArrayList<>()), into(new ArrayList<>()));
        }
    }

    private static Cells into(List<Object> seen) {
        return new Cells() {
            @Override
            public void none(int column) {
                seen.add(null);
            }

            @Override
            public void flag(int column, boolean value) {
                seen.add(value);
            }

            @Override
            public void whole(int column, long value) {
                seen.add(value);
            }

            @Override
            public void real(int column, double value) {
                seen.add(value);
            }

            @Override
            public void word(int column, String value) {
                seen.add(value);
            }
        };
    }

    private static Prediction row(long sequence, String failure, List<Object> cells, List<Object> outputs) {
        Instant at = Instant.EPOCH.plusSeconds(1).plusNanos(1000 * sequence);
        return new Prediction(sequence, at, 1, "whoever", failure, cells, outputs);
    }
}
