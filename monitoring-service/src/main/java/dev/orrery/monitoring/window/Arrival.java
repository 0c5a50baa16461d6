package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.Outcome;
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

    /// How many predictions these stand for, where only some are logged.
    double estimated();

    /// Requests that were refused beside them, as wrong or as too many: no predictions of the model.
    int refused();

    /// How much memory it takes, in numbers of four bytes or so.
    int weight();

    /// Ready to be counted.
    record Binned(BinnedRows rows, int refused) implements Arrival {
        @Override
        public int predictions() {
            return rows.size();
        }

        @Override
        public int failed() {
            return rows.failed();
        }

        @Override
        public double estimated() {
            return rows.estimated();
        }

        @Override
        public int weight() {
            return rows.weight();
        }
    }

    /// Of a version whose reference is not known yet.
    record Waiting(PredictionsMade block, int refused) implements Arrival {
        private static final int NUMBERS_OF_A_CELL = 8;

        @Override
        public int predictions() {
            return block.size();
        }

        @Override
        public int failed() {
            return (int) block.rows().stream()
                    .filter(row -> row.outcome() != Outcome.OK)
                    .count();
        }

        @Override
        public double estimated() {
            return block.rows().stream().mapToDouble(Prediction::weight).sum();
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
    /// @param reader    at the block's beginning; afterwards at its end
    /// @param data      the block
    /// @param isNew     is asked of each sequence once the whole block is read
    /// @return empty when nothing is
    /// @throws IllegalArgumentException when its data is damaged
    static Optional<Arrival> of(PredictionsReader reader, byte[] data, Reference reference, LongPredicate isNew) {
        boolean pending = reference instanceof Reference.Pending;
        BinnedRows all = BinnedRows.read(pending ? null : reference.binningOrNull(), reader)
                .only(isNew);
        if (all.size() == 0) {
            return Optional.empty();
        }
        BinnedRows asked = all.asked();
        int refused = all.size() - asked.size();
        return Optional.of(pending ? new Waiting(waiting(data, asked), refused) : new Binned(asked, refused));
    }

    private static PredictionsMade waiting(byte[] data, BinnedRows asked) {
        PredictionsMade block = PredictionsMade.read(data);
        List<Prediction> rows =
                block.rows().stream().filter(row -> asked.has(row.sequence())).toList();
        return new PredictionsMade(block.header(), rows);
    }
}
