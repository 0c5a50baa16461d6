package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockInput;
import java.util.List;

/// Predictions of one model version at one endpoint, by one instance.
///
/// @param rows sequences rise
public record PredictionsMade(PredictionsHeader header, List<Prediction> rows) implements Block {

    public PredictionsMade {
        requireNonNull(header, "header");
        rows = List.copyOf(rows);
        Require.rising("sequence", rows, Prediction::sequence);
    }

    /// @throws IllegalArgumentException when the data is none of it
    public static PredictionsMade read(byte[] data) {
        BlockInput input = BlockFormat.PREDICTIONS_MADE.read(data);
        PredictionsHeader header = PredictionsHeader.read(input);
        List<Prediction> rows = input.items(from -> Prediction.read(from, header));
        input.end();
        return new PredictionsMade(header, rows);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EncodedBlock encoded() {
        return EncodedBlock.of(
                this, BlockFormat.PREDICTIONS_MADE, header::write, to -> rows.forEach(row -> row.write(to)));
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
        return header.id(rows.getFirst().sequence());
    }
}
