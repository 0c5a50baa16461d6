package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.ColumnType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolTest {

    private static final Field AGE = new Field("age", ColumnType.NUMBER, List.of(), 18, 90);
    private static final Field PLAN = new Field("plan", ColumnType.CATEGORY, List.of("flat", "öko"), 0, 1);
    private static final Field ACTIVE = new Field("active", ColumnType.BOOLEAN, List.of(), 0, 1);
    private static final List<Field> FIELDS = List.of(AGE, PLAN, ACTIVE);
    private static final Sample SAMPLE =
            new Sample(FIELDS, List.of(new Object[] {41.5, "öko", 1.0}, new Object[] {null, "flat", 0.0}), "two rows");
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("localhost", 1);

    @TempDir
    private Path folder;

    @Test
    void rest_sends_a_tensor_for_each_column() throws IOException {
        JsonNode inputs = json(Protocol.REST, 2).path("inputs");

        assertThat(inputs).hasSize(3);
        assertThat(inputs.path(0).toString())
                .isEqualTo("{\"name\":\"age\",\"datatype\":\"FP32\",\"shape\":[2,1],\"data\":[41.5,null]}");
        assertThat(inputs.path(1).path("data").path(0).asText()).isEqualTo("öko");
        assertThat(inputs.path(2).path("data").toString()).isEqualTo("[1,0]");
    }

    @Test
    void rows_are_objects_without_what_is_missing() throws IOException {
        assertThat(json(Protocol.ROWS, 2).toString())
                .isEqualTo("[{\"age\":41.5,\"plan\":\"öko\",\"active\":true},{\"plan\":\"flat\",\"active\":false}]");
    }

    @Test
    void a_matrix_takes_numbers_alone() throws IOException {
        Sample numbers = new Sample(List.of(AGE, ACTIVE), List.<Object[]>of(new Object[] {1.0, 0.0}), "a row");
        Body body = Protocol.MATRIX.wire(NOWHERE, "e", numbers, 2).bodies().getFirst();

        assertThat(Json.MAPPER.readTree(body.bytes()).path("inputs").toString())
                .isEqualTo("[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[2,2],\"data\":[1,0,1,0]}]");
        assertThatThrownBy(() -> Protocol.MATRIX.wire(NOWHERE, "e", SAMPLE, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'plan' holds words");
    }

    @Test
    void binary_values_lie_behind_the_json_in_its_order() throws IOException {
        Body body = Protocol.BINARY.wire(NOWHERE, "e", SAMPLE, 2).bodies().getFirst();

        String head = new String(body.head(), StandardCharsets.US_ASCII);
        assertThat(head).startsWith("Inference-Header-Content-Length: ").endsWith("\r\n");
        int length = Integer.parseInt(head.substring(head.indexOf(' ') + 1).strip());
        JsonNode json = Json.MAPPER.readTree(Arrays.copyOf(body.bytes(), length));
        ByteBuffer values = ByteBuffer.wrap(body.bytes(), length, body.bytes().length - length)
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(json.path("inputs").findValues("binary_data_size"))
                .extracting(JsonNode::asInt)
                .containsExactly(8, 4 + 4 + 4 + 4, 8);
        assertThat(values.getFloat()).isEqualTo(41.5f);
        assertThat(values.getFloat()).isNaN();
        assertThat(values.getInt()).isEqualTo("öko".getBytes(StandardCharsets.UTF_8).length);
        assertThat(values.remaining()).isEqualTo(4 + 4 + 4 + 8);
    }

    @Test
    void grpc_names_model_and_inputs_and_brings_raw_contents() {
        ByteBuffer message = ByteBuffer.wrap(Protocol.GRPC
                .wire(NOWHERE, "churn", SAMPLE, 2)
                .bodies()
                .getFirst()
                .bytes());

        assertThat(Protobuf.count(message.duplicate(), Protobuf.MODEL_NAME)).isEqualTo(1);
        assertThat(Protobuf.count(message.duplicate(), Protobuf.INPUTS)).isEqualTo(3);
        assertThat(Protobuf.count(message.duplicate(), Protobuf.RAW_INPUT_CONTENTS))
                .isEqualTo(3);
        assertThat(new String(message.array(), 2, 5, StandardCharsets.US_ASCII)).isEqualTo("churn");
    }

    @Test
    void an_answer_to_another_number_of_rows_is_malformed() {
        Look rest = new Look(Protocol.REST, 2);
        Look rows = new Look(Protocol.ROWS, 2);

        assertThat(rest.fault(bytes("{\"outputs\":[{\"shape\":[2,1]}]}"), true)).isNull();
        assertThat(rest.fault(bytes("{\"outputs\":[{\"shape\":[1,1]}]}"), true)).contains("for 2 rows");
        assertThat(rows.fault(bytes("{\"predictions\":[{},{}]}"), true)).isNull();
        assertThat(rows.fault(bytes("{\"predictions\":[{},"), true)).startsWith("no JSON");
        assertThat(rows.fault(bytes("{\"predictions\":[{},"), false)).contains("without its end");
        assertThat(new Look(Protocol.BINARY, 1).fault(bytes("{\"outputs\":[{\"shape\":[1]}]}\u0001\u0002"), true))
                .isNull();
        assertThat(new Look(Protocol.GRPC, 1).fault(bytes("\n\u0001x"), true)).contains("without outputs");
        assertThat(new Look(Protocol.GRPC, 1).fault(bytes("\n\tx"), true)).contains("longer");
    }

    @Test
    void made_up_rows_keep_to_what_may_be_in_a_column() {
        List<Object[]> rows = Sample.madeUp(FIELDS, true).rows();

        assertThat(rows).hasSizeGreaterThan(1000).anyMatch(row -> row[0] == null);
        assertThat(rows).extracting(row -> row[1]).containsOnly("flat", "öko");
        assertThat(rows).extracting(row -> row[2]).containsOnly(0.0, 1.0, null);
        assertThat(rows).allMatch(row -> row[0] == null || (Double) row[0] >= 18 && (Double) row[0] <= 90);
    }

    @Test
    void rows_of_a_file_are_found_by_its_header_and_faults_named_by_line() throws IOException {
        Path good = Files.writeString(folder.resolve("a.csv"), "x,active,plan,age\n1,true,flat,3\n2,no,öko,\n");
        Path bad = Files.writeString(folder.resolve("b.csv"), "active,plan,age\ntrue,flat,old\n");
        Path less = Files.writeString(folder.resolve("c.csv"), "active,plan\ntrue,flat\n");

        assertThat(Sample.of(good, FIELDS).rows())
                .containsExactly(new Object[] {3.0, "flat", 1.0}, new Object[] {null, "öko", 0.0});
        assertThatThrownBy(() -> Sample.of(bad, FIELDS)).hasMessageContaining("line 2: column 'age' holds 'old'");
        assertThatThrownBy(() -> Sample.of(less, FIELDS)).hasMessageContaining("no column 'age'");
    }

    private static JsonNode json(Protocol protocol, int batch) throws IOException {
        return Json.MAPPER.readTree(
                protocol.wire(NOWHERE, "e", SAMPLE, batch).bodies().getFirst().bytes());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
