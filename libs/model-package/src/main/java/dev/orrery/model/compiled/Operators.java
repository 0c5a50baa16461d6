package dev.orrery.model.compiled;

import static java.util.Map.entry;

import dev.orrery.model.graph.Node;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// The operators that are known, by their names.
final class Operators {

    private static final Map<String, BiConsumer<Drawing, Node>> KNOWN = Map.ofEntries(
            entry("Abs", unary(Unary.Kind.ABS)),
            entry("Ceil", unary(Unary.Kind.CEIL)),
            entry("Exp", unary(Unary.Kind.EXP)),
            entry("Floor", unary(Unary.Kind.FLOOR)),
            entry("IsNaN", unary(Unary.Kind.IS_NAN)),
            entry("Log", unary(Unary.Kind.LOG)),
            entry("Neg", unary(Unary.Kind.NEG)),
            entry("Not", unary(Unary.Kind.NOT)),
            entry("Reciprocal", unary(Unary.Kind.RECIPROCAL)),
            entry("Relu", unary(Unary.Kind.RELU)),
            entry("Round", unary(Unary.Kind.ROUND)),
            entry("Sigmoid", unary(Unary.Kind.SIGMOID)),
            entry("Sign", unary(Unary.Kind.SIGN)),
            entry("Sqrt", unary(Unary.Kind.SQRT)),
            entry("Tanh", unary(Unary.Kind.TANH)),
            entry("Add", binary(Binary.Kind.ADD)),
            entry("And", binary(Binary.Kind.AND)),
            entry("Div", binary(Binary.Kind.DIV)),
            entry("Equal", binary(Binary.Kind.EQUAL)),
            entry("Greater", binary(Binary.Kind.GREATER)),
            entry("GreaterOrEqual", binary(Binary.Kind.GREATER_OR_EQUAL)),
            entry("Less", binary(Binary.Kind.LESS)),
            entry("LessOrEqual", binary(Binary.Kind.LESS_OR_EQUAL)),
            entry("Mul", binary(Binary.Kind.MUL)),
            entry("Or", binary(Binary.Kind.OR)),
            entry("Pow", binary(Binary.Kind.POW)),
            entry("Sub", binary(Binary.Kind.SUB)),
            entry("Xor", binary(Binary.Kind.XOR)),
            entry("Max", all(Binary.Kind.MAX)),
            entry("Min", all(Binary.Kind.MIN)),
            entry("Sum", all(Binary.Kind.ADD)),
            entry("Clip", Clip::draw),
            entry("Where", Arithmetic::where),
            entry("CategoryMapper", Encoders::category),
            entry("LabelEncoder", Encoders::label),
            entry("OneHotEncoder", Encoders::oneHot),
            entry("Cast", Shapes::cast),
            entry("Concat", Shapes::concat),
            entry("Constant", Shapes::constant),
            entry("Dropout", Shapes::same),
            entry("FeatureVectorizer", Shapes::vector),
            entry("Flatten", Shapes::flatten),
            entry("Identity", Shapes::same),
            entry("Reshape", Shapes::reshape),
            entry("Squeeze", Shapes::squeeze),
            entry("Transpose", Shapes::transpose),
            entry("Unsqueeze", Shapes::unsqueeze),
            entry("ZipMap", Shapes::same),
            entry("ArrayFeatureExtractor", Picks::extract),
            entry("Gather", Picks::gather),
            entry("Slice", Picks::slice),
            entry("Split", Picks::split),
            entry("ArgMax", RowOperators::most),
            entry("Binarizer", RowOperators::binarize),
            entry("Imputer", RowOperators::impute),
            entry("Normalizer", RowOperators::normalize),
            entry("ReduceL2", fold(RowOperators::length)),
            entry("ReduceMax", fold(RowOperators::max)),
            entry("ReduceMean", fold(RowOperators::mean)),
            entry("ReduceMin", fold(RowOperators::min)),
            entry("ReduceProd", fold(RowOperators::product)),
            entry("ReduceSum", fold(RowOperators::sum)),
            entry("ReduceSumSquare", fold(RowOperators::squares)),
            entry("Scaler", RowOperators::scale),
            entry("Softmax", RowOperators::softmax),
            entry("Gemm", Sums::gemm),
            entry("LinearClassifier", Sums::classifier),
            entry("LinearRegressor", Sums::regressor),
            entry("MatMul", Sums::product),
            entry("TreeEnsembleClassifier", TreeOperators::classifier),
            entry("TreeEnsembleRegressor", TreeOperators::regressor));

    private Operators() {}

    /// Their names, in order.
    static Set<String> names() {
        return new TreeSet<>(KNOWN.keySet());
    }

    /// Draws what a node does.
    ///
    /// @throws NotCompiled when its operator is not known, or is used in a way that is not
    static void draw(Drawing drawing, Node node) {
        BiConsumer<Drawing, Node> known = KNOWN.get(node.operator());
        if (known == null) {
            throw new NotCompiled("operator %s is not compiled".formatted(node.operator()));
        }
        known.accept(drawing, node);
    }

    private static BiConsumer<Drawing, Node> unary(Unary.Kind kind) {
        return (drawing, node) -> Arithmetic.unary(drawing, node, kind);
    }

    private static BiConsumer<Drawing, Node> binary(Binary.Kind kind) {
        return (drawing, node) -> Arithmetic.binary(drawing, node, kind);
    }

    private static BiConsumer<Drawing, Node> all(Binary.Kind kind) {
        return (drawing, node) -> Arithmetic.all(drawing, node, kind);
    }

    private static BiConsumer<Drawing, Node> fold(RowOperators.Fold fold) {
        return (drawing, node) -> RowOperators.reduce(drawing, node, fold);
    }
}
