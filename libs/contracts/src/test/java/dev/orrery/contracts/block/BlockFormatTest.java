package dev.orrery.contracts.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;

/// The blocks against Avro's own generic reader and writer, which know nothing but the schemas.
class BlockFormatTest {

    private static final List<Object> CELLS = Arrays.asList(null, true, -5L, 0.1, "Ærø 🚢", "");

    @Test
    void avros_generic_reader_understands_what_is_written() throws IOException {
        BlockOutput out = BlockFormat.ROWS_INGESTED.write();
        out.text("ships").text("b-1").number(2).optionalNumber(null).texts(List.of("a", "b", "c", "d", "e", "f"));
        byte[] block =
                out.beginArray(1).number(1).text("7").cells(CELLS).endArray().toBytes();

        GenericRecord read = new BinaryMessageDecoder<GenericRecord>(
                        GenericData.get(), BlockFormat.ROWS_INGESTED.schema())
                .decode(block);

        assertThat(read.get("dataset")).hasToString("ships");
        assertThat(read.get("use_case_revision")).isNull();
        GenericRecord row = (GenericRecord) ((List<?>) read.get("rows")).getFirst();
        assertThat(((List<?>) row.get("cells"))
                        .stream().map(BlockFormatTest::plain).toList())
                .isEqualTo(CELLS);
    }

    @Test
    void every_way_to_write_a_cell_gives_the_same_bytes() {
        byte[] utf8 = "xÆ".getBytes(StandardCharsets.UTF_8);
        byte[] typed = new BlockOutput()
                .beginArray(5)
                .none()
                .flag(true)
                .whole(7)
                .real(0.5)
                .word(utf8, 1, 2)
                .endArray()
                .toBytes();

        assertThat(typed)
                .isEqualTo(new BlockOutput()
                        .cells(Arrays.asList(null, true, 7L, 0.5, "Æ"))
                        .toBytes());
        assertThatThrownBy(() -> new BlockOutput().cells(List.of('c'))).isInstanceOf(IllegalArgumentException.class);
    }

    /// Other libraries may write an array in several pieces, with or without their sizes.
    @Test
    void arrays_in_several_pieces_are_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Schema texts = Schema.createArray(Schema.create(Schema.Type.STRING));
        var encoder = EncoderFactory.get().blockingBinaryEncoder(bytes, null);
        List<String> many = Collections.nCopies(20_000, "word");
        new GenericDatumWriter<List<String>>(texts).write(many, encoder);
        encoder.flush();

        assertThat(new BlockInput(bytes.toByteArray(), 0).texts()).isEqualTo(many);
    }

    @Test
    void a_block_of_another_kind_or_of_none_is_refused() {
        byte[] block = BlockFormat.ROWS_VALIDATED.write().text("x").toBytes();

        assertThatThrownBy(() -> BlockFormat.ROWS_INGESTED.read(block))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RowsIngested");
        assertThatThrownBy(() -> BlockFormat.ROWS_INGESTED.read(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BlockFormat.ROWS_INGESTED.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_prefix_is_that_of_single_object_encoding() {
        for (BlockFormat format : BlockFormat.values()) {
            ByteBuffer prefix = ByteBuffer.wrap(format.write().toBytes()).order(ByteOrder.LITTLE_ENDIAN);

            assertThat(prefix.remaining()).isEqualTo(10);
            assertThat(prefix.getShort()).isEqualTo((short) 0x01C3);
            assertThat(prefix.getLong()).isEqualTo(SchemaNormalization.parsingFingerprint64(format.schema()));
        }
    }

    private static Object plain(Object value) {
        return value instanceof CharSequence text ? text.toString() : value;
    }
}
