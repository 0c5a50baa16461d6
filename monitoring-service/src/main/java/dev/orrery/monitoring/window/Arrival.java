package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.PredictionsReader;
import dev.orrery.monitoring.drift.BinnedRows;
import dev.orrery.monitoring.reference.Reference;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Predictions of one block that were never counted before, made ready where their partition is read.
public sealed interface Arrival {

    int predictions();

    /// Those of them without outputs.
    int failed();

    /// How much memory it takes, in numbers of four bytes or so.
    int weight();

    /// Ready to be counted.
    record Binned(BinnedRows rows) implements Arrival {
        @Override
        public int predictions() {
            return rows.size();
        }

        @Override
        public int failed() {
            return rows.failed();
        }

        @Override
        public int weight() {
            return rows.weight();
        }
    }

    /// Of a version whose reference is not known yet.
    record Waiting(PredictionsMade block) implements Arrival {
        private static final int NUMBERS_OF_A_CELL = 8;

        @Override
        public int predictions() {
            return block.size();
        }

        @Override
        public int failed() {
            return (int)
                    block.rows().stream().filter(row -> row.failure() != null).count();
        }

        @Override
        public int weight() {
            PredictionsHeader header = block.header();
            return block.size()
                    * NUMBERS_OF_A_CELL
                    * (header.columns().size() + header.outputs().size());
        }
    }

    /// What is new of a block.
    ///
    /// @param reader    at the block's beginning
    /// @param data      the block
    /// @param isNew     is asked of each sequence once the whole block is read
    /// @return empty when nothing is
    /// @throws IllegalArgumentException when its data is damaged
    static Optional<Arrival> of(PredictionsReader reader, byte[] data, Reference reference, LongPredicate isNew) {
        if (!(reference instanceof Reference.Pending)) {
            BinnedRows rows = BinnedRows.read(reference.binningOrNull(), reader).only(isNew);
            return Optional.<Arrival>of(new Binned(rows)).filter(_ -> rows.size() > 0);
        }
        List<Prediction> rows = PredictionsMade.read(data).rows().stream()
                .filter(row -> isNew.test(row.sequence()))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Waiting(new PredictionsMade(reader.header(), rows)));
    }
}
