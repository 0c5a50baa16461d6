package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.Flag;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.inference.prediction.Tally.Spent;
import dev.orrery.model.Flags;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Words;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of one version in its role at an endpoint: where the time goes, what it answers, and which of its
/// inputs are missing. Counted in plain adders; whoever scrapes puts it in words.
final class VersionMeters {

    /// From 50 microseconds to 10 seconds, in nanoseconds.
    private static final long[] DURATIONS = {
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        1_000_000_000,
        10_000_000_000L
    };
    private static final long BILLION = 1_000_000_000;
    private static final long[] SCORES = {
        BILLION / 10,
        2 * BILLION / 10,
        3 * BILLION / 10,
        4 * BILLION / 10,
        5 * BILLION / 10,
        6 * BILLION / 10,
        7 * BILLION / 10,
        8 * BILLION / 10,
        9 * BILLION / 10,
        BILLION
    };
    private static final int FEW = 16;
    private static final int MANY = 256;
    static final List<String> SIZES = List.of("1", "2-16", "17-256", "257+");

    private final List<String> labels;
    private final List<String> features;
    private final List<Output> computed;
    private final Histogram[][] stages = new Histogram[Stage.values().length][SIZES.size()];
    /// Null for an output that is no probability.
    private final Histogram[] scores;
    private final LongAdder[] missing;
    private final Endings endings = new Endings();
    /// By kind of flag and feature.
    private final LongAdder[][] flagged = new LongAdder[Flag.Kind.values().length][];

    VersionMeters(PredictionsHeader header, ModelCard card) {
        labels = List.of(
                header.endpoint(),
                header.model(),
                String.valueOf(header.version()),
                header.role().word());
        features = header.columns();
        computed = card.outputs().stream()
                .filter(output -> output.type() != Output.Type.DECISION)
                .toList();
        for (Histogram[] sizes : stages) {
            Arrays.setAll(sizes, size -> new Histogram(DURATIONS));
        }
        scores = computed.stream()
                .map(output -> output.type() == Output.Type.PROBABILITY ? new Histogram(SCORES) : null)
                .toArray(Histogram[]::new);
        missing = new LongAdder[features.size()];
        Arrays.setAll(missing, place -> new LongAdder());
        Arrays.setAll(flagged, kind -> new LongAdder[features.size()]);
        for (LongAdder[] byFeature : flagged) {
            Arrays.setAll(byFeature, place -> new LongAdder());
        }
    }

    /// Endpoint, model, version and role.
    List<String> labels() {
        return labels;
    }

    /// @param rows how many the request has
    void time(Stage stage, int rows, long nanos) {
        stages[stage.ordinal()][size(rows)].add(nanos);
    }

    void answered(RowBlock rows, float[][] answers, Flags flags) {
        for (int output = 0; output < scores.length; output++) {
            if (scores[output] != null) {
                for (int row = 0; row < rows.size(); row++) {
                    scores[output].add((long) (BILLION * (double) answers[output][row]));
                }
            }
        }
        for (int input = 0; input < missing.length; input++) {
            int none = missing(rows, input);
            if (none > 0) {
                missing[input].add(none);
            }
        }
        if (!flags.isEmpty()) {
            flagged(rows.size(), flags);
        }
    }

    private void flagged(int rows, Flags flags) {
        for (int row = 0; row < rows; row++) {
            for (int input = 0; input < missing.length; input++) {
                Flag.Kind flag = flags.at(row, input);
                if (flag != null) {
                    flagged[flag.ordinal()][input].increment();
                }
            }
        }
    }

    Endings endings() {
        return endings;
    }

    /// What requests of all sizes spent on a stage.
    Spent spent(Stage stage) {
        return Arrays.stream(stages[stage.ordinal()])
                .map(size -> new Spent(size.count(), size.sum()))
                .reduce(Spent.NONE, Spent::plus);
    }

    List<String> features() {
        return features;
    }

    long missing(int feature) {
        return missing[feature].sum();
    }

    long flagged(Flag.Kind flag, int feature) {
        return flagged[flag.ordinal()][feature].sum();
    }

    List<Output> computed() {
        return computed;
    }

    /// Null for an output that is no probability.
    Histogram scores(int output) {
        return scores[output];
    }

    Histogram stage(Stage stage, int size) {
        return stages[stage.ordinal()][size];
    }

    private static int missing(RowBlock rows, int input) {
        float[] numbers = rows.numbers(input);
        int[] codes = rows.codes(input);
        int none = 0;
        for (int row = 0; row < rows.size(); row++) {
            none += numbers == null ? (codes[row] == Words.NONE ? 1 : 0) : Float.isNaN(numbers[row]) ? 1 : 0;
        }
        return none;
    }

    private static int size(int rows) {
        return rows == 1 ? 0 : rows <= FEW ? 1 : rows <= MANY ? 2 : 3;
    }
}
