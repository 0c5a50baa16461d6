package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockOutput;
import java.util.function.Consumer;

/// A block in its bytes, with what its envelope says.
///
/// @param key         the Kafka key
/// @param correlation what belongs together shares one trace
/// @param rows        how many rows it holds
public record EncodedBlock(Topic topic, String kind, String key, String correlation, int rows, byte[] data) {

    public EncodedBlock {
        requireNonNull(topic, "topic");
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        requireNonNull(correlation, "correlation");
        requireNonNull(data, "data");
    }

    static EncodedBlock of(Block block, BlockFormat format, Consumer<BlockOutput> header, Consumer<BlockOutput> rows) {
        BlockOutput to = format.write();
        header.accept(to);
        to.beginArray(block.size());
        rows.accept(to);
        byte[] data = to.endArray().toBytes();
        return new EncodedBlock(block.topic(), block.kind(), block.key(), block.correlation(), block.size(), data);
    }
}
