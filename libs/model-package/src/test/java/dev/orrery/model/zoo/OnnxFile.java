package dev.orrery.model.zoo;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.Bindings;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// An ONNX file as a converter writes it, and a card that binds every column of its inputs and of its output.
public final class OnnxFile {

    private static final Set<String> ML = Set.of(
            "ArrayFeatureExtractor",
            "Binarizer",
            "CategoryMapper",
            "FeatureVectorizer",
            "Imputer",
            "LabelEncoder",
            "LinearClassifier",
            "LinearRegressor",
            "Normalizer",
            "OneHotEncoder",
            "Scaler",
            "SVMClassifier",
            "TreeEnsembleClassifier",
            "TreeEnsembleRegressor",
            "ZipMap");

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("zoo");
    private final List<ModelCard.Input> columns = new ArrayList<>();
    private final List<Bindings.In> inputs = new ArrayList<>();
    private final List<Bindings.Out> outputs = new ArrayList<>();
    private int opset = 15;
    private int mlOpset = 3;
    private int names;

    public OnnxFile opsets(int standard, int ml) {
        opset = standard;
        mlOpset = ml;
        return this;
    }

    /// An input of so many numbers.
    public String floats(String name, int width) {
        return input(name, width, DataType.FLOAT, ColumnType.NUMBER, Bindings.Kind.FLOAT);
    }

    /// An input of so many words.
    public String words(String name, int width) {
        return input(name, width, DataType.STRING, ColumnType.CATEGORY, Bindings.Kind.STRING);
    }

    public String constant(long[] dims, float... numbers) {
        TensorProto.Builder tensor = tensor(DataType.FLOAT, dims);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        return add(tensor);
    }

    /// A vector.
    public String vector(float... numbers) {
        return constant(new long[] {numbers.length}, numbers);
    }

    /// A vector of whole numbers, in the form of raw bytes, as numpy writes them.
    public String longs(long... numbers) {
        ByteBuffer raw = ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(raw::putLong);
        return add(tensor(DataType.INT64, numbers.length).setRawData(ByteString.copyFrom(raw.array())));
    }

    /// A single whole number without dimensions.
    public String index(long number) {
        return add(tensor(DataType.INT64).addInt64Data(number));
    }

    public String texts(String... words) {
        TensorProto.Builder tensor = tensor(DataType.STRING, words.length);
        for (String word : words) {
            tensor.addStringData(ByteString.copyFromUtf8(word));
        }
        return add(tensor);
    }

    /// Adds a node with one output.
    public String node(String operator, List<String> from, AttributeProto... attributes) {
        return nodes(operator, from, 1, attributes).getFirst();
    }

    /// Adds a node with several outputs.
    public List<String> nodes(String operator, List<String> from, int made, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setDomain(ML.contains(operator) ? "ai.onnx.ml" : "")
                .addAllInput(from)
                .addAllAttribute(Arrays.asList(attributes));
        List<String> results = new ArrayList<>();
        for (int i = 0; i < made; i++) {
            results.add(name());
        }
        graph.addNode(node.addAllOutput(results));
        return results;
    }

    /// A classifier's scores; its label is an output of the graph that nobody binds.
    public String classifier(String operator, String from, AttributeProto... attributes) {
        List<String> both = nodes(operator, List.of(from), 2, attributes);
        boolean areWords = Arrays.stream(attributes)
                .anyMatch(attribute -> attribute.getName().equals("classlabels_strings"));
        graph.addOutput(port(both.getFirst(), areWords ? DataType.STRING : DataType.INT64));
        return both.getLast();
    }

    /// Gives a value out, with so many columns.
    public OnnxFile output(String value, int width) {
        graph.addOutput(width == 0 ? port(value, DataType.FLOAT) : port(value, DataType.FLOAT, width));
        return bind(value, Math.max(1, width));
    }

    /// Gives a list of maps out.
    public OnnxFile zipMap(String scores, int width) {
        Long[] labels = new Long[width];
        Arrays.setAll(labels, i -> (long) i);
        String maps = node("ZipMap", List.of(scores), longs("classlabels_int64s", labels));
        TypeProto.Map map = TypeProto.Map.newBuilder()
                .setKeyType(DataType.INT64.getNumber())
                .setValueType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber())))
                .build();
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(maps)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder()
                                .setElemType(TypeProto.newBuilder().setMapType(map)))));
        return bind(maps, width);
    }

    public byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("zoo")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(mlOpset))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    public ModelCard card() {
        List<Output> answers = outputs.stream()
                .map(out -> new Output(out.output(), Output.Type.NUMBER, List.of(), null))
                .toList();
        return new ModelCard(
                "zoo",
                1,
                "zoo",
                "made elsewhere",
                new Task.Regression(),
                columns,
                answers,
                new Bindings(inputs, outputs),
                List.of(),
                null,
                null,
                null);
    }

    public static AttributeProto attribute(String name, long number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(number)
                .build();
    }

    public static AttributeProto real(String name, float number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(number)
                .build();
    }

    public static AttributeProto word(String name, String word) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(word))
                .build();
    }

    public static AttributeProto longs(String name, Long... numbers) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(Arrays.asList(numbers))
                .build();
    }

    public static AttributeProto floats(String name, float... numbers) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
        for (float number : numbers) {
            attribute.addFloats(number);
        }
        return attribute.build();
    }

    public static AttributeProto words(String name, List<String> words) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
        words.forEach(word -> attribute.addStrings(ByteString.copyFromUtf8(word)));
        return attribute.build();
    }

    private OnnxFile bind(String value, int width) {
        for (int i = 0; i < width; i++) {
            outputs.add(new Bindings.Out("answer " + i, value, i));
        }
        return this;
    }

    private String input(String name, int width, DataType type, ColumnType columnType, Bindings.Kind kind) {
        graph.addInput(port(name, type, width));
        for (int i = 0; i < width; i++) {
            String column = width == 1 ? name : name + i;
            columns.add(new ModelCard.Input(column, columnType));
            inputs.add(new Bindings.In(column, name, kind, i));
        }
        return name;
    }

    private String add(TensorProto.Builder tensor) {
        String name = name();
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private static TensorProto.Builder tensor(DataType type, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
        Arrays.stream(dims).forEach(tensor::addDims);
        return tensor;
    }

    /// A vector with one value per row, or a matrix of so many columns.
    private static ValueInfoProto port(String name, DataType type, int... widths) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
        Arrays.stream(widths)
                .forEach(width -> shape.addDim(Dimension.newBuilder().setDimValue(width)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    private String name() {
        return "value " + names++;
    }
}
