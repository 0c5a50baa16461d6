package dev.orrery.inference.protocol;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.protocol.InferenceRequest.InputTensor;
import dev.orrery.inference.rows.RowKey;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One column of a request, flat.
record Tensor(String name, Datatype datatype, List<?> elements) {

    private static final Set<Object> CONTENT_TYPES = Set.of("str", "np", "pd");

    /// Checks a tensor's form: its shape, its datatype, and that the data has as many elements as the shape says.
    ///
    /// @throws Invalid naming the input and what is wrong with it
    static Tensor of(InputTensor input) {
        requireJson(input);
        Datatype datatype = Datatype.of(input.name(), input.datatype());
        long rows = rows(input);
        if (!(input.data() instanceof List<?> data)) {
            throw new Invalid("input '%s' needs data, an array".formatted(input.name()));
        }
        List<?> elements = flat(input, data);
        if (elements.size() != rows) {
            throw new Invalid("input '%s' has %d elements, and its shape %s says %d"
                    .formatted(input.name(), elements.size(), input.shape(), rows));
        }
        return new Tensor(input.name(), datatype, elements);
    }

    int size() {
        return elements.size();
    }

    /// As the model takes the column: a `float[]` or a `String[]`.
    ///
    /// @throws Invalid naming the input, the row and what is expected
    Object column(Input input) {
        if (isTime(input.type()) && datatype == Datatype.BYTES) {
            return times(input);
        }
        if (input.type().isString() != (datatype == Datatype.BYTES)) {
            throw new Invalid("input '%s' is of type %s and needs datatype %s, not %s"
                    .formatted(name, lower(input.type()), input.type().isString() ? "BYTES" : "FP32", datatype));
        }
        return input.type().isString() ? words() : numbers(input.type());
    }

    /// Whom each row is about; null where the row does not say.
    ///
    /// @throws Invalid naming the row whose key is not of its column's type
    List<String> keys(ModelCard.Key column) {
        List<String> keys = new ArrayList<>(elements.size());
        for (Object element : elements) {
            keys.add(RowKey.of(column, element, () -> "row " + (keys.size() + 1)));
        }
        return keys;
    }

    private String[] words() {
        String[] words = new String[elements.size()];
        for (int row = 0; row < words.length; row++) {
            words[row] = switch (elements.get(row)) {
                case null -> "";
                case String word -> word;
                case Object other -> throw wrong(row, "%s is not a string".formatted(other));
            };
        }
        return words;
    }

    private static boolean isTime(ColumnType type) {
        return type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
    }

    private float[] times(Input input) {
        float[] numbers = new float[elements.size()];
        for (int row = 0; row < numbers.length; row++) {
            Object element = elements.get(row);
            try {
                numbers[row] = Values.number(input, "".equals(element) ? null : element);
            } catch (IllegalArgumentException e) {
                throw wrong(row, e.getMessage());
            }
        }
        return numbers;
    }

    private float[] numbers(ColumnType type) {
        float[] numbers = new float[elements.size()];
        for (int row = 0; row < numbers.length; row++) {
            double number;
            try {
                number = datatype.number(elements.get(row));
            } catch (IllegalArgumentException e) {
                throw wrong(row, e.getMessage());
            }
            if (!Double.isNaN(number)) {
                requireFit(row, number, type);
            }
            numbers[row] = (float) number;
        }
        return numbers;
    }

    private void requireFit(int row, double number, ColumnType type) {
        if (!Float.isFinite((float) number)) {
            throw wrong(row, "%s is not within ±3.4e38".formatted(number));
        }
        if (type == ColumnType.INTEGER && number != Math.rint(number)) {
            throw wrong(row, "%s is not a whole number".formatted(number));
        }
        if (type == ColumnType.BOOLEAN && number != 0 && number != 1) {
            throw wrong(row, "%s is neither 0 nor 1".formatted(number));
        }
    }

    private Invalid wrong(int row, String what) {
        return new Invalid("input '%s', row %d: %s".formatted(name, row + 1, what));
    }

    private static long rows(InputTensor input) {
        List<Long> shape = input.shape();
        boolean column =
                shape != null && !shape.contains(null) && (shape.size() == 1 || shape.size() == 2 && shape.get(1) == 1);
        if (!column || shape.getFirst() < 1) {
            throw new Invalid("input '%s' has shape %s and needs [n] or [n, 1], with n of at least 1"
                    .formatted(input.name(), shape));
        }
        return shape.getFirst();
    }

    /// The elements of a flat array; or, where the shape is `[n, 1]`, of one that holds an array for each row.
    private static List<?> flat(InputTensor input, List<?> data) {
        boolean nested = input.shape().size() == 2 && !data.isEmpty() && data.getFirst() instanceof List;
        List<Object> elements = nested ? new ArrayList<>(data.size()) : null;
        for (int row = 0; row < data.size(); row++) {
            Object element = data.get(row);
            if (nested && element instanceof List<?> one && one.size() == 1 && !(one.getFirst() instanceof List)) {
                elements.add(one.getFirst());
            } else if (nested || element instanceof List) {
                throw new Invalid("input '%s', row %d: data of shape %s is %s"
                        .formatted(
                                input.name(),
                                row + 1,
                                input.shape(),
                                input.shape().size() == 2
                                        ? "flat, or an array of one element for each row"
                                        : "a flat array"));
            }
        }
        return nested ? elements : data;
    }

    /// What would make the data mean something else than its JSON says is refused rather than misread.
    private static void requireJson(InputTensor input) {
        String where = "input '%s'".formatted(input.name());
        Parameters.require(where, input.parameters());
        Object contentType =
                input.parameters() == null ? null : input.parameters().get("content_type");
        if (contentType != null && !CONTENT_TYPES.contains(contentType)) {
            throw new Invalid("%s: content_type '%s' is not supported; there are %s"
                    .formatted(where, contentType, CONTENT_TYPES));
        }
    }

    private static String lower(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
