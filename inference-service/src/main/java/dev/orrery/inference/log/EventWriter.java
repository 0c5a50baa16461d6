package dev.orrery.inference.log;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.contracts.event.Flag;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.model.Decision;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes what was answered as events. The caller's own keys end here: where they are personal, events carry
/// pseudonyms. No value makes an event too large for Kafka: a long one is cut, and flagged.
final class EventWriter {

    /// Bytes of a word that are kept, and of all words of an event together.
    private static final int MOST_OF_A_WORD = 4 << 10;
    private static final int MOST_OF_ALL_WORDS = 512 << 10;
    private static final int MOST_OF_A_KEY = 1 << 10;
    /// Of the bytes of one character, all but the first begin with the bits 10.
    private static final int GOES_ON = 0b10;

    private final EntityKeys subjects;
    private final Sampling sampling;

    EventWriter(InferenceConfig config) {
        subjects = new EntityKeys(config.subjectKey());
        sampling = new Sampling(config.predictionLog());
    }

    /// Writes the rows of a request that are logged. What failed, was refused or is unusual always is.
    ///
    /// @param first the sequence of the first row
    /// @return how many are
    int write(PredictionsWriter to, Told told, long first) {
        if (told.rows() == null) {
            to.begin(told.request(), first, 1, null);
            to.cells(0);
            to.outputs(0);
            to.end();
            return 1;
        }
        double share = told.request().outcome() == Outcome.OK
                ? sampling.share(told.header().endpoint())
                : 1;
        int written = 0;
        for (int row = 0; row < told.size(); row++) {
            String key = told.keys().get(row);
            double weight = told.flags().any(row) ? 1 : Sampling.weight(share, key, first + row);
            if (weight > 0) {
                write(to, told, row, first + row, weight);
                written++;
            }
        }
        return written;
    }

    private void write(PredictionsWriter to, Told told, int row, long sequence, double weight) {
        to.begin(
                told.request(),
                sequence,
                weight,
                entity(told.card(), told.keys().get(row)));
        RowBlock rows = told.rows();
        int most = Math.min(
                MOST_OF_A_WORD, MOST_OF_ALL_WORDS / Math.max(1, rows.inputs().size()));
        flags(to, told, row, most);
        cells(to.cells(rows.inputs().size()), rows, row, most);
        List<Output> outputs = told.card().outputs();
        if (told.answers() == null) {
            to.outputs(0);
        } else {
            answers(to.outputs(outputs.size()), told, row);
        }
        to.end();
    }

    private String entity(ModelCard card, String key) {
        if (key == null) {
            return null;
        }
        String entity =
                subjects.entity(card.dataset(), card.key().type(), card.key().personal(), key);
        return entity.length() > MOST_OF_A_KEY ? entity.substring(0, MOST_OF_A_KEY) : entity;
    }

    private static void flags(PredictionsWriter to, Told told, int row, int most) {
        RowBlock rows = told.rows();
        for (int input = 0; input < rows.inputs().size(); input++) {
            Flag.Kind unusual = told.flags().at(row, input);
            if (unusual != null) {
                to.flag(input, unusual);
            }
            int[] codes = rows.codes(input);
            if (codes != null && rows.words().utf8(codes[row]).length > most) {
                to.flag(input, Flag.Kind.CUT);
            }
        }
    }

    private static void cells(BlockOutput to, RowBlock rows, int row, int most) {
        for (int input = 0; input < rows.inputs().size(); input++) {
            float[] numbers = rows.numbers(input);
            if (numbers == null) {
                word(to, rows.words(), rows.codes(input)[row], most);
            } else if (Float.isNaN(numbers[row])) {
                to.none();
            } else {
                to.real(numbers[row]);
            }
        }
    }

    private static void word(BlockOutput to, Words words, int code, int most) {
        if (code == Words.NONE) {
            to.none();
        } else {
            byte[] utf8 = words.utf8(code);
            to.word(utf8, 0, utf8.length > most ? whole(utf8, most) : utf8.length);
        }
    }

    /// So many bytes at most, and no part of a character.
    private static int whole(byte[] utf8, int most) {
        int end = most;
        while (end > 0 && (utf8[end] & 0xC0) >>> 6 == GOES_ON) {
            end--;
        }
        return end;
    }

    private static void answers(BlockOutput to, Told told, int row) {
        int computed = 0;
        for (Output output : told.card().outputs()) {
            if (output.type() == Output.Type.DECISION) {
                decision(to, told, row);
            } else {
                to.real(told.answers()[computed++][row]);
            }
        }
    }

    private static void decision(BlockOutput to, Told told, int row) {
        switch (told.decision()) {
            case Decision.AtThreshold yesOrNo -> to.flag(yesOrNo.isPositive(told.answers(), row));
            case Decision.MostProbable oneOfSeveral -> {
                byte[] utf8 = oneOfSeveral.of(told.answers(), row).getBytes(StandardCharsets.UTF_8);
                to.word(utf8, 0, utf8.length);
            }
        }
    }
}
