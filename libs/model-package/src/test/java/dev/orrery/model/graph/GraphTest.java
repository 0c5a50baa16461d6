package dev.orrery.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.orrery.model.zoo.OnnxFile;
import dev.orrery.model.zoo.Zoo;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    void nodes_constants_and_ports_are_read_as_they_were_written() {
        OnnxFile file = new OnnxFile();
        String x = file.floats("x", 2);
        String moved = file.node("Add", List.of(x, file.constant(new long[] {1, 2}, 1.5f, -2)));
        String picked = file.node("Gather", List.of(moved, file.longs(1, -1)), OnnxFile.attribute("axis", 1));
        Graph graph = Graph.of(file.output(picked, 2).bytes());

        assertThat(graph.nodes()).extracting(Node::operator).containsExactly("Add", "Gather");
        assertThat(graph.nodes().getLast().number("axis", 0)).isEqualTo(1);
        assertThat(graph.nodes().getLast().number("unset", 9)).isEqualTo(9);
        assertThat(graph.constants()
                        .get(graph.nodes().getFirst().inputs().getLast())
                        .floats())
                .containsExactly(1.5f, -2);
        assertThat(graph.constants()
                        .get(graph.nodes().getLast().inputs().getLast())
                        .longs())
                .containsExactly(1, -1);
        assertThat(graph.inputs()).containsExactly(new Graph.Port("x", true, Tensor.Type.FLOAT, List.of(-1L, 2L)));
        assertThat(graph.opset()).isEqualTo(15);
    }

    @Test
    void every_file_that_is_cut_off_anywhere_is_refused_or_read_and_nothing_else_happens() {
        byte[] whole = Zoo.compiled().get("XGBoost of a number").get().bytes();

        for (int length = 0; length < whole.length; length += length < 200 ? 1 : 97) {
            assertReadOrRefused(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void bytes_that_are_turned_over_are_refused_or_read_and_nothing_else_happens() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] whole = Zoo.compiled()
                .get("logistic regression of transformed columns")
                .get()
                .bytes();

        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            for (int wrong = random.nextInt(1, 5); wrong > 0; wrong--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            assertReadOrRefused(broken);
        }
    }

    @Test
    void lengths_beyond_the_file_take_no_memory() {
        byte[] hostile = {0x3A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0x0A};

        assertThatThrownBy(() -> Graph.of(hostile))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void numbers_outside_the_file_are_refused_wherever_they_hide() {
        TensorProto outside = TensorProto.newBuilder()
                .setName("w")
                .addDims(1)
                .setDataType(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
                .build();
        GraphProto inner = GraphProto.newBuilder().addInitializer(outside).build();
        NodeProto branch = NodeProto.newBuilder()
                .setOpType("If")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeType.GRAPH)
                        .setG(inner))
                .build();
        NodeProto constant = NodeProto.newBuilder()
                .setOpType("Constant")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeType.TENSOR)
                        .setT(outside))
                .build();

        for (GraphProto graph : List.of(
                inner,
                GraphProto.newBuilder().addNode(branch).build(),
                GraphProto.newBuilder().addNode(constant).build())) {
            assertThatThrownBy(() -> Graph.of(file(graph)))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("must be one file");
        }
    }

    @Test
    void graphs_in_graphs_end_somewhere() {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int depth = 0; depth < 40; depth++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("If")
                            .addAttribute(AttributeProto.newBuilder()
                                    .setName("then_branch")
                                    .setG(graph)))
                    .build();
        }
        byte[] deep = file(graph);

        assertThatThrownBy(() -> Graph.of(deep)).isInstanceOf(Malformed.class).hasMessageContaining("deep");
    }

    @Test
    void a_tensor_has_as_many_values_as_its_shape_says() {
        TensorProto huge = TensorProto.newBuilder()
                .setName("huge")
                .addDims(1L << 40)
                .addDims(1L << 40)
                .setDataType(1)
                .setRawData(ByteString.copyFrom(new byte[4]))
                .build();
        TensorProto few = huge.toBuilder().clearDims().addDims(2).build();

        for (TensorProto tensor : List.of(huge, few)) {
            assertThatThrownBy(() -> Graph.of(
                            file(GraphProto.newBuilder().addInitializer(tensor).build())))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("'huge'");
        }
    }

    @Test
    void a_text_that_is_not_utf_8_is_refused() throws InvalidProtocolBufferException {
        AttributeProto keys = AttributeProto.newBuilder()
                .setName("keys_strings")
                .addStrings(ByteString.copyFrom(new byte[] {(byte) 0xC0, (byte) 0x80}))
                .build();
        byte[] overlong = file(GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType("LabelEncoder").addAttribute(keys))
                .build());

        assertThat(ModelProto.parseFrom(overlong)).isNotNull();
        assertThatThrownBy(() -> Graph.of(overlong))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("UTF-8");
    }

    private static void assertReadOrRefused(byte[] file) {
        try {
            assertThat(Graph.of(file)).isNotNull();
        } catch (Malformed e) {
            assertThat(e).hasMessageMatching(".{10,}");
        }
    }

    private static byte[] file(GraphProto graph) {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build().toByteArray();
    }
}
