package dev.orrery.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.orrery.contracts.Json;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.UnreadableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Reads request bodies and guesses nothing: a column given twice, text where a number belongs or the other way round,
/// or anything after the end is an error and not somebody's prediction.
public final class StrictJson {

    private static final ObjectReader READER = Json.configure(JsonMapper.builder()
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                    .build())
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    private static final ObjectReader LINES =
            READER.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).forType(Object.class);

    /// A value of a body that has several, one after the other.
    ///
    /// @param number the line in which it begins, counted from 1
    public record Line(int number, Object content) {}

    private StrictJson() {}

    /// Reads one value after the other, each usually on a line of its own.
    ///
    /// @throws Invalid saying where the body is wrong, in no words of Java's
    public static List<Line> readLines(byte[] body) {
        StrictUtf8.require(body);
        List<Line> lines = new ArrayList<>();
        try (JsonParser parser = LINES.createParser(body)) {
            while (parser.nextToken() != null) {
                int number = parser.currentTokenLocation().getLineNr();
                lines.add(new Line(number, LINES.readValue(parser)));
            }
        } catch (JsonProcessingException e) {
            throw new Invalid(UnreadableJson.describe(e));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail to be read", e);
        }
        if (lines.isEmpty()) {
            throw new Invalid("The body is empty.");
        }
        return lines;
    }

    /// @throws Invalid saying where the body is wrong, in no words of Java's
    public static <T> T read(byte[] body, Class<T> type) {
        StrictUtf8.require(body);
        if (body.length == 0) {
            throw new Invalid("The body is empty.");
        }
        try {
            return READER.forType(type).readValue(body);
        } catch (JsonProcessingException e) {
            throw new Invalid(UnreadableJson.describe(e));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail to be read", e);
        }
    }
}
