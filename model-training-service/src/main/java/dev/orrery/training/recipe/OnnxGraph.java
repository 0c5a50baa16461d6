package dev.orrery.training.recipe;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import java.util.List;

/// An ONNX graph under construction, from a model's raw columns to its score. The same calls give the same bytes.
final class OnnxGraph {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 15;
    private static final int ML_OPSET = 3;
    private static final String ML_DOMAIN = "ai.onnx.ml";
    /// The number that ONNX has for 32-bit floats, to name a type in an attribute.
    static final long FLOAT = TensorProto.DataType.FLOAT.getNumber();

    private static final int ONE_COLUMN = 1;
    private static final String INNER = "/orrery/";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("orrery");
    private int values;

    /// @param inputs the columns, each of them a `[rows, 1]` tensor that bears the column's name
    OnnxGraph(List<Input> inputs) {
        for (Input input : inputs) {
            requireFree(input.name());
            graph.addInput(columnOf(
                    input.name(), input.type().isString() ? TensorProto.DataType.STRING : TensorProto.DataType.FLOAT));
        }
    }

    /// A constant vector.
    String floats(float... numbers) {
        TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT, numbers.length);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        return constant(tensor);
    }

    /// A constant matrix of one column.
    String column(float... numbers) {
        TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT, numbers.length, ONE_COLUMN);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        return constant(tensor);
    }

    /// A constant without dimensions.
    String scalar(float number) {
        return constant(tensor(TensorProto.DataType.FLOAT).addFloatData(number));
    }

    /// Adds a node of the standard operators and returns the name of its value.
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return add("", operator, inputs, nextName(), attributes);
    }

    /// Adds a node of the machine-learning operators and returns the name of its value.
    String mlNode(String operator, List<String> inputs, AttributeProto... attributes) {
        return add(ML_DOMAIN, operator, inputs, nextName(), attributes);
    }

    /// Adds the last node, whose value of one column is the score.
    void score(String operator, List<String> inputs) {
        add("", operator, inputs, Output.SCORE);
        graph.addOutput(columnOf(Output.SCORE, TensorProto.DataType.FLOAT));
    }

    /// The finished file.
    byte[] model(ModelCard card) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("orrery")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(ML_DOMAIN).setVersion(ML_OPSET))
                .addMetadataProps(StringStringEntryProto.newBuilder()
                        .setKey(ModelCard.PROPERTY)
                        .setValue(card.json()))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    static AttributeProto attribute(String name, long number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(number)
                .build();
    }

    static AttributeProto attribute(String name, float number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(number)
                .build();
    }

    static AttributeProto longs(String name, List<Long> numbers) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(numbers)
                .build();
    }

    static AttributeProto floats(String name, List<Float> numbers) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOATS)
                .addAllFloats(numbers)
                .build();
    }

    static AttributeProto word(String name, String word) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(word))
                .build();
    }

    static AttributeProto words(String name, List<String> words) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
        words.forEach(word -> attribute.addStrings(ByteString.copyFromUtf8(word)));
        return attribute.build();
    }

    private static void requireFree(String name) {
        if (name.equals(Output.SCORE) || name.startsWith(INNER)) {
            throw new IllegalArgumentException(
                    "a feature cannot be called '%s', which means something else inside a model; rename the column"
                            .formatted(name));
        }
    }

    private String add(
            String domain, String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    private String constant(TensorProto.Builder tensor) {
        String name = nextName();
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private static TensorProto.Builder tensor(TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor;
    }

    private static ValueInfoProto columnOf(String name, TensorProto.DataType type) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(Dimension.newBuilder().setDimParam("rows"))
                .addDim(Dimension.newBuilder().setDimValue(ONE_COLUMN))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    private String nextName() {
        return INNER + values++;
    }
}
