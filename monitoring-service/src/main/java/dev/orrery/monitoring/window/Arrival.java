package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.monitoring.drift.BinnedRows;
import dev.orrery.monitoring.reference.Reference;
import java.util.List;

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
            return rows.size() - rows.scored();
        }

        @Override
        public int weight() {
            return rows.weight();
        }
    }

    /// Of a version whose reference is not known yet.
    record Waiting(PredictionsMade block) implements Arrival {
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
                    * 8
                    * (header.columns().size() + header.outputs().size());
        }
    }

    /// @param rows at least one
    static Arrival of(PredictionsHeader header, List<Prediction> rows, Reference reference) {
        return reference instanceof Reference.Pending
                ? new Waiting(new PredictionsMade(header, rows))
                : new Binned(BinnedRows.of(reference.binningOrNull(), header, rows));
    }
}
