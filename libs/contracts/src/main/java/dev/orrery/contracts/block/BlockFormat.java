package dev.orrery.contracts.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/// The kinds of block that lie on topics, each with its one Avro schema: the `.avsc` files beside this class. A block
/// is
/// written in Avro's single-object encoding: two marker bytes, the schema's fingerprint (CRC-64-AVRO, little-endian),
/// the
/// binary data.
public enum BlockFormat {
    ROWS_INGESTED("rows-ingested"),
    ROWS_VALIDATED("rows-validated"),
    ROWS_REJECTED("rows-rejected"),
    PREDICTIONS_MADE("predictions-made");

    private static final int PREFIX = Short.BYTES + Long.BYTES;

    private final Schema schema;
    private final byte[] prefix;

    BlockFormat(String name) {
        schema = parse(name + ".avsc");
        prefix = prefix(schema);
    }

    /// What any Avro library needs to read the data.
    public Schema schema() {
        return schema;
    }

    /// Begins a block of this kind.
    public BlockOutput write() {
        return new BlockOutput().append(prefix, 0, prefix.length);
    }

    /// The data of a block of this kind.
    ///
    /// @throws IllegalArgumentException when the bytes begin otherwise
    public BlockInput read(byte[] block) {
        if (block == null || block.length < PREFIX || !Arrays.equals(block, 0, PREFIX, prefix, 0, PREFIX)) {
            throw new IllegalArgumentException(
                    "the data does not begin as Avro's single-object encoding of %s".formatted(schema.getName()));
        }
        return new BlockInput(block, PREFIX);
    }

    private static byte[] prefix(Schema schema) {
        return ByteBuffer.allocate(PREFIX)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    private static Schema parse(String file) {
        try (InputStream avsc = BlockFormat.class.getResourceAsStream(file)) {
            return new Schema.Parser().parse(Objects.requireNonNull(avsc, file));
        } catch (IOException e) {
            throw new UncheckedIOException("the schema %s cannot be read".formatted(file), e);
        }
    }
}
