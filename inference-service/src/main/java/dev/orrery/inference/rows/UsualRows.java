package dev.orrery.inference.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.JsonCursor;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.endpoint.Columns;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.UsualForm;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rows as JSON objects in their usual form, as [JsonRows] reads them, without an object for any value.
@Singleton
class UsualRows implements UsualForm {

    private final int most;

    UsualRows(InferenceConfig config) {
        most = config.maxRows();
    }

    /// @param question what was asked
    private record Rows(Question question) implements Request {

        @Override
        public void write(Answer answer, JsonBytes json) {
            JsonAnswers.write(answer, json);
        }
    }

    @Override
    public String before() {
        return "/v1/endpoints/";
    }

    @Override
    public String behind() {
        return "/predictions";
    }

    @Override
    public String template() {
        return "/v1/endpoints/{endpoint}/predictions";
    }

    @Override
    public Request read(byte[] body, Serving serving, RowBlock rows) {
        return new Rows(new Reading(new JsonCursor(body), serving, rows).question());
    }

    @Override
    public byte[] body(ModelCard card, Map<String, Object> row) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        card.inputs().forEach(input -> json.putPOJO(input.name(), row.get(input.name())));
        return Json.bytes(json);
    }

    /// One request under way.
    private final class Reading {

        private final JsonCursor json;
        private final Columns columns;
        private final ModelCard card;
        private final RowBlock rows;
        private final List<String> keys = new ArrayList<>(1);
        /// By the place of a column, the row that had it last, counted from 1.
        private final int[] seen;

        private Reading(JsonCursor json, Serving serving, RowBlock rows) {
            this.json = json;
            this.rows = rows;
            columns = serving.columns();
            card = serving.card();
            seen = new int[columns.count()];
        }

        private Question question() {
            if (json.take('[')) {
                do {
                    row();
                } while (json.take(','));
                json.require(']');
            } else {
                row();
            }
            json.requireEnd();
            return new Question(rows, keys);
        }

        private void row() {
            int row = rows.add(1);
            Unusual.unless(row < most);
            String key = null;
            boolean any = false;
            json.require('{');
            do {
                json.name();
                int place = columns.place(json.text(), json.from(), json.to());
                Unusual.unless(place != Columns.UNKNOWN && seen[place] != row + 1);
                seen[place] = row + 1;
                if (columns.isInput(place)) {
                    Unusual.unless(!columns.isKey(place));
                    any = true;
                    value(place, row);
                } else if (columns.isKey(place)) {
                    key = key();
                } else {
                    Cells.skip(json);
                }
            } while (json.take(','));
            json.require('}');
            Unusual.unless(any);
            keys.add(key);
        }

        private void value(int input, int row) {
            if (json.literal("null")) {
                return;
            }
            ColumnType type = card.inputs().get(input).type();
            switch (type) {
                case NUMBER, INTEGER -> {
                    json.number();
                    float rounded = json.isWhole() ? (float) json.longValue() : (float) json.doubleValue();
                    rows.numbers(input)[row] = Cells.number(type, json.doubleValue(), rounded);
                }
                case BOOLEAN -> {
                    boolean yes = json.literal("true");
                    Unusual.unless(yes || json.literal("false"));
                    rows.numbers(input)[row] = yes ? 1 : 0;
                }
                case CATEGORY, TEXT -> {
                    json.string();
                    Cells.word(json, rows, input, row);
                }
                case DATE, TIMESTAMP -> time(input, row);
            }
        }

        private void time(int input, int row) {
            json.string();
            json.requireUtf8();
            try {
                rows.put(input, row, json.word());
            } catch (IllegalArgumentException _) {
                throw Unusual.request();
            }
        }

        private String key() {
            try {
                return RowKey.of(card.key(), Cells.key(json), () -> "");
            } catch (Invalid _) {
                throw Unusual.request();
            }
        }
    }
}
