package dev.orrery.cli.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Whether an answer is one to so many rows.
///
/// @param rows that were asked about
record Look(Protocol protocol, int rows) implements Wire.Look {

    @Override
    public String fault(ByteBuffer body, boolean whole) {
        if (protocol == Protocol.GRPC) {
            return whole ? message(body) : body.hasRemaining() ? null : "an empty message";
        }
        if (!body.hasRemaining() || body.get(body.position()) != '{') {
            return "no JSON object";
        }
        if (whole) {
            return json(body);
        }
        // Behind the JSON of a binary answer there are values.
        return protocol == Protocol.BINARY || body.get(body.limit() - 1) == '}' ? null : "JSON without its end";
    }

    private static String message(ByteBuffer body) {
        try {
            return Protobuf.count(body, Protobuf.OUTPUTS) > 0 ? null : "an answer without outputs";
        } catch (IllegalArgumentException e) {
            return "no protocol buffer: " + e.getMessage();
        }
    }

    private String json(ByteBuffer body) {
        try (InputStream bytes =
                new ByteArrayInputStream(body.array(), body.arrayOffset() + body.position(), body.remaining())) {
            // The first value alone: what lies behind it is not JSON.
            JsonNode answer = Json.MAPPER.readTree(Json.MAPPER.createParser(bytes));
            return protocol == Protocol.ROWS
                    ? rows(answer.path("predictions").size(), "predictions")
                    : rows(answer.path("outputs").path(0).path("shape").path(0).asInt(), "rows in its first output");
        } catch (JsonProcessingException e) {
            return "no JSON: " + e.getOriginalMessage();
        } catch (IOException e) {
            return "no JSON: " + e.getMessage();
        }
    }

    private String rows(int answered, String what) {
        return answered == rows ? null : "%,d %s for %,d rows".formatted(answered, what, rows);
    }
}
