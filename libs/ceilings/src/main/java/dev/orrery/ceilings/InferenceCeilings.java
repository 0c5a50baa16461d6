package dev.orrery.ceilings;

import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The parts of a prediction: a bare answer over HTTP, the scorer, the block of the log.
///
/// Given: `model` and `card`, the files; `seconds`, how long each part is measured; `port`, where fixed bytes are
/// answered until standard input ends.
final class InferenceCeilings implements Suite {

    private static final int[] BATCHES = {1, 16, 256};
    private static final int ROUND = 256;

    @Override
    public void measure(Given given, Gauge gauge) throws Exception {
        try (BareAnswer _ = new BareAnswer((int) given.number("port"))) {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        long nanos = TimeUnit.SECONDS.toNanos(given.number("seconds"));
        ModelCard card = ModelCard.read(given.path("card"));
        try (Scorer scorer = Scorer.load(given.path("model"), card)) {
            for (int batch : BATCHES) {
                RowBlock rows = new RowBlock(card.inputs(), batch);
                rows.add(batch);
                score(scorer, rows, nanos);
                gauge.measure("score, %d rows at once".formatted(batch), () -> score(scorer, rows, nanos));
            }
        }
        log(card, nanos);
        gauge.measure("log block", () -> log(card, nanos));
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
