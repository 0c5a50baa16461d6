package dev.orrery.cli.load;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.cli.Failure;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Questions as JSON.
final class JsonBodies {

    private JsonBodies() {}

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /// One tensor per column.
    static Body tensors(List<Field> fields, List<Object[]> rows) {
        return body(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("inputs");
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                json.writeStartObject();
                tensor(json, field.name(), field.isWords() ? "BYTES" : "FP32", rows.size(), 1);
                for (Object[] row : rows) {
                    value(json, row[i]);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /// All columns as one tensor.
    ///
    /// @throws Failure when one holds words
    static Body matrix(List<Field> fields, List<Object[]> rows) {
        requireNumbers(fields);
        return body(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("inputs");
            json.writeStartObject();
            tensor(json, "input", "FP32", rows.size(), fields.size());
            for (Object[] row : rows) {
                for (Object value : row) {
                    value(json, value);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void requireNumbers(List<Field> fields) {
        fields.stream().filter(Field::isWords).findFirst().ifPresent(words -> {
            throw new Failure("column '%s' holds words, and one matrix holds numbers alone; use --protocol rest"
                    .formatted(words.name()));
        });
    }

    /// A row an object; what is missing is left out.
    static Body rows(List<Field> fields, List<Object[]> rows) {
        return body(json -> {
            json.writeStartArray();
            for (Object[] row : rows) {
                json.writeStartObject();
                for (int i = 0; i < row.length; i++) {
                    if (row[i] != null) {
                        json.writeFieldName(fields.get(i).name());
                        member(json, fields.get(i), row[i]);
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void member(JsonGenerator json, Field field, Object value) throws IOException {
        if (field.type() == ColumnType.BOOLEAN) {
            json.writeBoolean(value.equals(1.0));
        } else {
            value(json, value);
        }
    }

    private static void tensor(JsonGenerator json, String name, String datatype, int rows, int columns)
            throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("datatype", datatype);
        json.writeArrayFieldStart("shape");
        json.writeNumber(rows);
        json.writeNumber(columns);
        json.writeEndArray();
        json.writeArrayFieldStart("data");
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Double number
            when number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE ->
                json.writeNumber(number.intValue());
            case Double number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }

    private static Body body(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
        }
        return Body.of(bytes.toByteArray());
    }
}
