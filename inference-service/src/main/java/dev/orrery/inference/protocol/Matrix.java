package dev.orrery.inference.protocol;

import dev.orrery.contracts.schema.TypedText;
import dev.orrery.inference.protocol.InferenceRequest.InputTensor;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One tensor for all columns of a model, in the card's order: numbers where all columns are numbers, or texts, which
/// are read as in a CSV file.
final class Matrix {

    private Matrix() {}

    /// Whether a request's only input is such a tensor.
    static boolean is(List<InputTensor> inputs) {
        if (inputs.size() != 1 || inputs.getFirst() == null) {
            return false;
        }
        List<Long> shape = inputs.getFirst().shape();
        return shape != null && shape.size() == 2 && shape.get(1) != null && shape.get(1) != 1;
    }

    /// Its columns, by name.
    ///
    /// @throws Invalid naming the tensor and what does not fit
    static Map<String, Tensor> columns(InputTensor matrix, ModelCard card) {
        List<Input> inputs = card.inputs();
        Datatype datatype = Datatype.of(matrix.name(), matrix.datatype());
        List<Long> shape = matrix.shape();
        if (shape.getFirst() == null || shape.getFirst() < 1 || shape.get(1) != inputs.size()) {
            throw new Invalid(
                    "input '%s' has shape %s, and the model takes %d columns: send [n, %d], or a tensor for each"
                            .formatted(matrix.name(), shape, inputs.size(), inputs.size()));
        }
        if (datatype != Datatype.BYTES) {
            inputs.stream().filter(input -> input.type().isString()).findFirst().ifPresent(words -> {
                throw new Invalid(
                        "input '%s' is of datatype %s, and column '%s' holds words: send BYTES, or a tensor for each column"
                                .formatted(matrix.name(), datatype, words.name()));
            });
        }
        List<?> elements = elements(matrix, shape.getFirst(), inputs.size());
        Map<String, Tensor> columns = new LinkedHashMap<>();
        for (int column = 0; column < inputs.size(); column++) {
            columns.put(inputs.get(column).name(), column(inputs.get(column), column, datatype, elements, card));
        }
        return columns;
    }

    private static Tensor column(Input input, int column, Datatype datatype, List<?> elements, ModelCard card) {
        int width = card.inputs().size();
        List<Object> values = new ArrayList<>(elements.size() / width);
        boolean text = datatype == Datatype.BYTES && !input.type().isString();
        for (int at = column; at < elements.size(); at += width) {
            Object element = elements.get(at);
            values.add(text ? typed(input, element, at / width, card) : element);
        }
        if (!text) {
            return new Tensor(input.name(), datatype, values);
        }
        return new Tensor(
                input.name(),
                switch (input.type()) {
                    case INTEGER -> Datatype.INT64;
                    case BOOLEAN -> Datatype.BOOL;
                    case DATE, TIMESTAMP -> Datatype.BYTES;
                    case NUMBER, CATEGORY, TEXT -> Datatype.FP64;
                },
                values);
    }

    private static Object typed(Input input, Object element, int row, ModelCard card) {
        if (element == null
                || element instanceof String text
                        && (text.isEmpty() || card.missing().contains(text))) {
            return null;
        }
        String text = element.toString();
        Optional<?> value = switch (input.type()) {
            case NUMBER -> TypedText.number(text);
            case INTEGER -> TypedText.integer(text);
            case BOOLEAN -> TypedText.bool(text);
            case DATE, TIMESTAMP, CATEGORY, TEXT -> Optional.of(text);
        };
        return value.orElseThrow(() -> new Invalid("row %d, column '%s': found '%s', expected %s"
                .formatted(row + 1, input.name(), text, TypedText.form(input.type()))));
    }

    /// Flat, or an array for each row.
    private static List<?> elements(InputTensor matrix, long rows, int width) {
        if (!(matrix.data() instanceof List<?> data)) {
            throw new Invalid("input '%s' needs data, an array".formatted(matrix.name()));
        }
        List<Object> nested = new ArrayList<>();
        boolean isNested = !data.isEmpty() && data.getFirst() instanceof List;
        if (isNested) {
            for (int row = 0; row < data.size(); row++) {
                if (!(data.get(row) instanceof List<?> one) || one.size() != width) {
                    throw new Invalid(
                            "input '%s', row %d: data of shape %s is flat, or an array of %d elements for each row"
                                    .formatted(matrix.name(), row + 1, matrix.shape(), width));
                }
                nested.addAll(one);
            }
        }
        List<?> elements = isNested ? nested : data;
        if (elements.size() != rows * width) {
            throw new Invalid("input '%s' has %d elements, and its shape %s says %d"
                    .formatted(matrix.name(), elements.size(), matrix.shape(), rows * width));
        }
        return elements;
    }
}
