package dev.orrery.inference.job;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.contracts.Json;
import dev.orrery.inference.prediction.Question;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Rows whose values have types: of a Parquet file, or of a dataset version.
final class TypedSource implements SourceRows {

    /// A missing value is told: a row that has nothing else has columns all the same.
    private static final ObjectMapper WITH_NULLS = Json.MAPPER.copy().setDefaultPropertyInclusion(Include.ALWAYS);

    private final List<String> columns;
    private final Stream<Map<String, Object>> stream;
    private final Iterator<Map<String, Object>> rows;
    private final Function<byte[], Question> questions;

    /// @param questions reads an array of JSON objects
    TypedSource(List<String> columns, Stream<Map<String, Object>> rows, Function<byte[], Question> questions) {
        this.columns = columns;
        this.stream = rows;
        this.rows = rows.iterator();
        this.questions = questions;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Some next(int most) {
        List<Map<String, Object>> some = new ArrayList<>(most);
        while (some.size() < most && rows.hasNext()) {
            Map<String, Object> present = rows.next();
            Map<String, Object> row = LinkedHashMap.newLinkedHashMap(columns.size());
            columns.forEach(column -> row.put(column, plain(present.get(column))));
            some.add(row);
        }
        return new Typed(some);
    }

    @Override
    public void close() {
        stream.close();
    }

    /// As JSON has it: no number is a missing one, and what JSON knows no number for is text, which is told to whoever
    /// sent it.
    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Double number when number.isNaN() -> null;
            case Float number when number.isNaN() -> null;
            case Double number when number.isInfinite() -> number.toString();
            case Float number when number.isInfinite() -> number.toString();
            case Number number -> number;
            case Boolean truth -> truth;
            default -> String.valueOf(value);
        };
    }

    private final class Typed implements Some {

        private final List<Map<String, Object>> some;

        private Typed(List<Map<String, Object>> some) {
            this.some = some;
        }

        @Override
        public int size() {
            return some.size();
        }

        @Override
        public Long line(int row) {
            return null;
        }

        @Override
        public Question question(int from, int to) {
            try {
                return questions.apply(WITH_NULLS.writeValueAsBytes(some.subList(from, to)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("plain values cannot fail to be written", e);
            }
        }
    }
}
