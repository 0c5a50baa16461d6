package dev.orrery.inference.log;

import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.model.Decision;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a request was answered, or why it was not, as the log puts it on record.
///
/// @param header   the same object for all requests that one deployment answers
/// @param rows     what the model was given
/// @param entities whom each row is about, a pseudonym where the key is personal; null where nobody said it of any
/// @param outputs  the card's
/// @param decision how the decision follows from the answers; null where none is taken
/// @param answers  an array for each output that the graph computes; null for a failure
/// @param failure  why there are no answers; null where there are
/// @param atMicros when it was answered, in microseconds since 1970
public record Told(
        PredictionsHeader header,
        RowBlock rows,
        String[] entities,
        List<Output> outputs,
        Decision decision,
        float[][] answers,
        String failure,
        long latencyNanos,
        long atMicros) {

    int size() {
        return rows.size();
    }

    /// @param first the sequence of the first row
    void write(PredictionsWriter to, long first) {
        Outcome outcome = answers == null ? Outcome.FAILED : Outcome.OK;
        Prediction.Request request = new Prediction.Request(atMicros, latencyNanos, outcome, null, failure);
        for (int row = 0; row < size(); row++) {
            to.begin(request, first + row, 1, entities == null ? null : entities[row]);
            cells(to.cells(rows.inputs().size()), row);
            if (answers == null) {
                to.outputs(0);
            } else {
                answers(to.outputs(outputs.size()), row);
            }
            to.end();
        }
    }

    private void cells(BlockOutput to, int row) {
        for (int input = 0; input < rows.inputs().size(); input++) {
            float[] numbers = rows.numbers(input);
            if (numbers == null) {
                word(to, rows.codes(input)[row]);
            } else if (Float.isNaN(numbers[row])) {
                to.none();
            } else {
                to.real(numbers[row]);
            }
        }
    }

    private void word(BlockOutput to, int code) {
        if (code == Words.NONE) {
            to.none();
        } else {
            byte[] utf8 = rows.words().utf8(code);
            to.word(utf8, 0, utf8.length);
        }
    }

    private void decision(BlockOutput to, int row) {
        switch (decision) {
            case Decision.AtThreshold yesOrNo -> to.flag(yesOrNo.isPositive(answers, row));
            case Decision.MostProbable oneOfSeveral -> {
                byte[] utf8 = oneOfSeveral.of(answers, row).getBytes(StandardCharsets.UTF_8);
                to.word(utf8, 0, utf8.length);
            }
        }
    }

    private void answers(BlockOutput to, int row) {
        int computed = 0;
        for (Output output : outputs) {
            if (output.type() == Output.Type.DECISION) {
                decision(to, row);
            } else {
                to.real(answers[computed++][row]);
            }
        }
    }
}
