package dev.orrery.ceilings;

import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.model.Anatomy;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import dev.orrery.model.graph.TreeEnsemble;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The parts of a prediction: its model as plain Java and in ONNX Runtime, the block of the log.
///
/// Given: `model` and `card`, the files; `seconds`, how long each part is measured; `inputs`, how many columns the
/// model
/// has to take, and, of a forest, `trees` and `depth`: figures of another model would be figures of something else.
final class InferenceCeilings implements Suite {

    private static final int[] BATCHES = {1, 16, 256};
    private static final int ROUND = 256;

    @Override
    public void measure(Given given, Gauge gauge) throws Exception {
        long nanos = TimeUnit.SECONDS.toNanos(given.number("seconds"));
        ModelCard card = ModelCard.read(given.path("card"));
        require("columns", card.inputs().size(), given.number("inputs"));
        try (Scorer scorer = Scorer.load(given.path("model"), card)) {
            if (given.values().containsKey("trees")) {
                requireForest(scorer, given);
            }
            measure(scorer, nanos, gauge);
        }
        try (Scorer scorer = Scorer.loadUncompiled(given.path("model"), card)) {
            measure(scorer, nanos, gauge);
        }
        log(card, nanos);
        gauge.measure("log block", () -> log(card, nanos));
    }

    private static void measure(Scorer scorer, long nanos, Gauge gauge) throws Exception {
        for (int batch : BATCHES) {
            RowBlock rows = new RowBlock(scorer.card().inputs(), batch);
            rows.add(batch);
            score(scorer, rows, nanos);
            String part =
                    "%s, rows at once: %d".formatted(scorer.engine().kind().word(), batch);
            gauge.measure(part, () -> score(scorer, rows, nanos));
        }
    }

    private static void requireForest(Scorer scorer, Given given) {
        Anatomy.Sums sums = scorer.anatomy().map(Anatomy::sums).orElse(null);
        if (!(sums instanceof Anatomy.Trees trees)) {
            throw new IllegalArgumentException("the model is no forest that could be compiled: " + scorer.engine());
        }
        int[] roots = trees.ensemble().roots();
        require("trees", roots.length, given.number("trees"));
        int depth = Arrays.stream(roots)
                .map(root -> depth(trees.ensemble(), root))
                .max()
                .orElse(0);
        require("levels", depth, given.number("depth"));
    }

    private static int depth(TreeEnsemble trees, int node) {
        return trees.isLeaf(node) ? 0 : 1 + Math.max(depth(trees, trees.yes()[node]), depth(trees, trees.no()[node]));
    }

    private static void require(String what, long found, long wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("the model has %d %s, and not %d".formatted(found, what, wanted));
        }
    }

    private static long score(Scorer scorer, RowBlock rows, long nanos) {
        long end = System.nanoTime() + nanos;
        long scored = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < ROUND / rows.size(); i++) {
                scored += scorer.score(rows)[0].length;
            }
        }
        return scored;
    }

    private static long log(ModelCard card, long nanos) {
        List<String> columns = card.inputs().stream().map(Input::name).toList();
        long[] blocks = new long[1];
        PredictionsWriter writer = new PredictionsWriter(
                new PredictionsHeader(
                        "e", 1, "m", 1, Role.CHAMPION, "onnxruntime", null, null, "i", columns, List.of("score")),
                () -> Unlogged.NONE,
                block -> blocks[0]++);
        byte[] word = {'w', 'o', 'r', 'd'};
        long end = System.nanoTime() + nanos;
        long told = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < ROUND; i++) {
                writer.begin(new Prediction.Request(told, told, Outcome.OK, null, null), told++, 1, null);
                BlockOutput cells = writer.cells(columns.size());
                for (Input input : card.inputs()) {
                    if (input.type().isString()) {
                        cells.word(word, 0, word.length);
                    } else {
                        cells.real(told);
                    }
                }
                writer.outputs(1).real(0.5);
                writer.end();
            }
        }
        writer.flush();
        return told;
    }
}
