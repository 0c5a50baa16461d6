package dev.orrery.model.explain;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.Anatomy;
import dev.orrery.model.Bindings;
import dev.orrery.model.Engine;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A model in memory, of columns of every type, whose answers follow from a formula.
abstract class MadeModel implements Scorer, Anatomy {

    static final List<Input> INPUTS = List.of(
            new Input("speed", ColumnType.NUMBER),
            new Input("crew", ColumnType.INTEGER),
            new Input("heavy", ColumnType.BOOLEAN),
            new Input("built", ColumnType.DATE),
            new Input("flag", ColumnType.CATEGORY));
    static final List<String> FLAGS = List.of("NO", "PA", "LR");
    static final double THRESHOLD = 0.4;

    private static final double MISSING = 0.1;

    private final ModelCard card;
    private final boolean isKnown;

    MadeModel(Task task, List<Output> outputs, boolean isKnown) {
        this.isKnown = isKnown;
        card = new ModelCard(
                "ships",
                1,
                "ships",
                "made",
                task,
                INPUTS,
                outputs,
                Bindings.alike(INPUTS, outputs),
                List.of(),
                null,
                null,
                null);
    }

    static Task binary() {
        return new Task.Binary("late", "in time");
    }

    static List<Output> yesOrNo() {
        return Output.binary("late", "in time", THRESHOLD);
    }

    /// Rows with something missing here and there.
    static List<Map<String, Object>> ships(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> ships = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> ship = new LinkedHashMap<>();
            ship.put("speed", 5 + 20 * random.nextDouble());
            ship.put("crew", 5 + random.nextInt(40));
            ship.put("heavy", random.nextBoolean());
            ship.put("built", "20%02d-01-%02d".formatted(random.nextInt(100), 1 + random.nextInt(28)));
            ship.put("flag", FLAGS.get(random.nextInt(FLAGS.size())));
            ship.keySet().removeIf(_ -> random.nextDouble() < MISSING);
            ships.add(ship);
        }
        return ships;
    }

    /// Golden rows; what they must be answered is not looked at here.
    static Golden golden() {
        List<Map<String, Object>> rows = new ArrayList<>(ships(20, 1));
        rows.add(Map.of());
        return new Golden(rows, Map.of(Output.SCORE, rows.stream().map(_ -> 0.0).toList()));
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public Engine engine() {
        return new Engine(Engine.Kind.COMPILED, null);
    }

    @Override
    public Optional<Anatomy> anatomy() {
        return isKnown ? Optional.of(this) : Optional.empty();
    }

    @Override
    public float[][] score(RowBlock rows) {
        float[][] answers = new float[readings().size()][rows.size()];
        float[] features = new float[columns().length];
        for (int row = 0; row < rows.size(); row++) {
            read(rows, row, features);
            double[] sums = raw(features);
            for (int output = 0; output < answers.length; output++) {
                answers[output][row] = (float) answer(readings().get(output), sums);
            }
        }
        return answers;
    }

    /// The raw sums of a row.
    abstract double[] raw(float[] features);

    private static double answer(Reading reading, double[] sums) {
        double sum = sums[reading.sum()];
        double answer = switch (reading.link()) {
            case IDENTITY -> sum;
            case LOGISTIC -> 1 / (1 + Math.exp(-sum));
            case SOFTMAX -> {
                double all = 0;
                for (double other : sums) {
                    all += Math.exp(other - sum);
                }
                yield 1 / all;
            }
        };
        return reading.opposite() ? 1 - answer : answer;
    }

    @Override
    public void close() {}
}
