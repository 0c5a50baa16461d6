package dev.orrery.inference.protocol;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.JsonCursor;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.endpoint.Columns;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.UsualForm;
import dev.orrery.inference.rows.Cells;
import dev.orrery.inference.rows.RowKey;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The protocol's request in its usual form, as [Tensors] reads it, without an object for any value: a tensor for each
/// column, named first and its data last; no parameters, no choice of outputs.
@Singleton
class UsualTensors implements UsualForm {

    private static final byte[] ID = ascii("id");
    private static final byte[] INPUTS = ascii("inputs");
    private static final byte[] NAME = ascii("name");
    private static final byte[] SHAPE = ascii("shape");
    private static final byte[] DATATYPE = ascii("datatype");
    private static final byte[] DATA = ascii("data");
    private static final Datatype[] DATATYPES = Datatype.values();
    private static final byte[][] DATATYPE_NAMES =
            Arrays.stream(DATATYPES).map(datatype -> ascii(datatype.name())).toArray(byte[][]::new);

    private final int most;

    UsualTensors(InferenceConfig config) {
        most = config.maxRows();
    }

    @Override
    public String before() {
        return "/v2/models/";
    }

    @Override
    public String behind() {
        return "/infer";
    }

    @Override
    public String template() {
        return "/v2/models/{model}/infer";
    }

    @Override
    public Request read(byte[] body, Serving serving, RowBlock rows) {
        return new Reading(new JsonCursor(body), serving, rows).request();
    }

    @Override
    public byte[] body(ModelCard card, Map<String, Object> row) {
        return TensorsOfRow.body(card, row);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /// One request under way.
    private final class Reading {

        private final JsonCursor json;
        private final Columns columns;
        private final ModelCard card;
        private final RowBlock rows;
        private final boolean[] seen;
        private int inputsSeen;
        private String id;
        private List<String> keys;
        private int place;
        private boolean twoDimensions;
        private boolean shaped;
        private Datatype datatype;

        private Reading(JsonCursor json, Serving serving, RowBlock rows) {
            this.json = json;
            this.rows = rows;
            columns = serving.columns();
            card = serving.card();
            seen = new boolean[columns.count()];
        }

        private Request request() {
            boolean read = false;
            json.require('{');
            do {
                json.name();
                if (json.is(INPUTS)) {
                    Unusual.unless(!read);
                    read = true;
                    inputs();
                } else {
                    Unusual.unless(json.is(ID) && id == null);
                    json.string();
                    json.requireUtf8();
                    id = json.word();
                }
            } while (json.take(','));
            json.require('}');
            json.requireEnd();
            Unusual.unless(inputsSeen == card.inputs().size());
            return new UsualInference(
                    id, new Question(rows, keys == null ? Collections.nCopies(rows.size(), null) : keys));
        }

        private void inputs() {
            json.require('[');
            do {
                input();
            } while (json.take(','));
            json.require(']');
        }

        private void input() {
            place = Columns.UNKNOWN;
            datatype = null;
            shaped = false;
            boolean read = false;
            json.require('{');
            do {
                json.name();
                Unusual.unless(!read);
                if (json.is(NAME)) {
                    column();
                } else if (json.is(DATATYPE)) {
                    datatype();
                } else if (json.is(SHAPE)) {
                    shape();
                } else {
                    Unusual.unless(json.is(DATA) && place != Columns.UNKNOWN && datatype != null && shaped);
                    read = true;
                    data();
                }
            } while (json.take(','));
            json.require('}');
            Unusual.unless(read);
        }

        private void column() {
            Unusual.unless(place == Columns.UNKNOWN);
            json.string();
            place = columns.place(json.text(), json.from(), json.to());
            Unusual.unless(place != Columns.UNKNOWN && !seen[place]);
            Unusual.unless(!columns.isInput(place) || !columns.isKey(place));
            seen[place] = true;
            inputsSeen += columns.isInput(place) ? 1 : 0;
        }

        private void datatype() {
            Unusual.unless(datatype == null);
            json.string();
            for (int i = 0; i < DATATYPES.length && datatype == null; i++) {
                datatype = json.is(DATATYPE_NAMES[i]) ? DATATYPES[i] : null;
            }
            Unusual.unless(datatype != null);
        }

        /// `[n]` or `[n, 1]`, the same n for each input.
        private void shape() {
            Unusual.unless(!shaped);
            shaped = true;
            json.require('[');
            int size = whole();
            twoDimensions = json.take(',');
            Unusual.unless(!twoDimensions || whole() == 1);
            json.require(']');
            Unusual.unless(size >= 1 && size <= most);
            if (rows.size() == 0) {
                rows.add(size);
            }
            Unusual.unless(rows.size() == size);
        }

        private int whole() {
            json.number();
            Unusual.unless(json.isWhole() && json.longValue() >= 0 && json.longValue() <= Integer.MAX_VALUE);
            return (int) json.longValue();
        }

        private void data() {
            Unusual.unless(!columns.isInput(place)
                    || card.inputs().get(place).type().isString() == (datatype == Datatype.BYTES));
            json.require('[');
            boolean nested = twoDimensions && json.peek() == '[';
            for (int row = 0; row < rows.size(); row++) {
                if (row > 0) {
                    json.require(',');
                }
                if (nested) {
                    json.require('[');
                    element(row);
                    json.require(']');
                } else {
                    element(row);
                }
            }
            json.require(']');
        }

        private void element(int row) {
            if (columns.isKey(place)) {
                key(row);
            } else if (!columns.isInput(place)) {
                Cells.skip(json);
            } else if (json.literal("null")) {
                return;
            } else if (datatype == Datatype.BYTES) {
                json.string();
                Cells.word(json, rows, place, row);
            } else {
                number(row, card.inputs().get(place).type());
            }
        }

        private void number(int row, ColumnType type) {
            double number;
            if (datatype == Datatype.BOOL) {
                boolean yes = json.literal("true");
                Unusual.unless(yes || json.literal("false"));
                number = yes ? 1 : 0;
            } else {
                json.number();
                Unusual.unless(datatype.isFloat() || json.isWhole() && datatype.holds(json.longValue()));
                number = json.doubleValue();
            }
            Unusual.unless(type != ColumnType.BOOLEAN || number == 0 || number == 1);
            rows.numbers(place)[row] = Cells.number(type, number, (float) number);
        }

        private void key(int row) {
            if (keys == null) {
                keys = Arrays.asList(new String[rows.size()]);
            }
            try {
                keys.set(row, RowKey.of(card.key(), Cells.key(json), () -> ""));
            } catch (Invalid _) {
                throw Unusual.request();
            }
        }
    }
}
