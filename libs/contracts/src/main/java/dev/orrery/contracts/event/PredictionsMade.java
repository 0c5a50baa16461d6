package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.List;

/// Predictions of one model version at one endpoint, by one instance.
///
/// @param rows     sequences rise; none where only [#unlogged] is to be told
/// @param unlogged what does not come of the instance
public record PredictionsMade(PredictionsHeader header, List<Prediction> rows, Unlogged unlogged) implements Block {

    public PredictionsMade {
        requireNonNull(header, "header");
        requireNonNull(unlogged, "unlogged");
        rows = List.copyOf(rows);
        if (!rows.isEmpty()) {
            Require.rising("sequence", rows, Prediction::sequence);
        }
    }

    /// Predictions of an instance that leaves none out.
    public PredictionsMade(PredictionsHeader header, List<Prediction> rows) {
        this(header, rows, Unlogged.NONE);
    }

    /// @throws IllegalArgumentException when the data is none of it
    public static PredictionsMade read(byte[] data) {
        BlockInput input = BlockFormat.PREDICTIONS_MADE.read(data);
        PredictionsHeader header = PredictionsHeader.read(input);
        List<Prediction> rows = input.items(from -> Prediction.read(from, header));
        Unlogged unlogged = Unlogged.read(input);
        input.end();
        return new PredictionsMade(header, rows, unlogged);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EncodedBlock encoded() {
        BlockOutput to = BlockFormat.PREDICTIONS_MADE.write();
        header.write(to);
        to.beginArray(rows.size());
        rows.forEach(row -> row.write(to));
        unlogged.write(to.endArray());
        return new EncodedBlock(topic(), kind(), key(), correlation(), size(), to.toBytes());
    }

    @Override
    public Topic topic() {
        return Topic.PREDICTIONS;
    }

    @Override
    public String key() {
        return header.instance();
    }

    @Override
    public String correlation() {
        return rows.isEmpty() ? header.instance() : header.id(rows.getFirst().sequence());
    }
}
