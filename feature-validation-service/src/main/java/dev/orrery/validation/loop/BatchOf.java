package dev.orrery.validation.loop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orrery.contracts.Json;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Which batch and dataset a record is of, without reading the rest of it: reading may be what kills.
final class BatchOf {

    private BatchOf() {}

    /// The batch, or null when the record does not say.
    static String record(ConsumerRecord<String, byte[]> record) {
        return field(record, "batch");
    }

    /// The dataset, or null when the record does not say.
    static String dataset(ConsumerRecord<String, byte[]> record) {
        return field(record, "dataset");
    }

    private static String field(ConsumerRecord<String, byte[]> record, String name) {
        if (record.value() == null) {
            return null;
        }
        try (JsonParser json = Json.MAPPER.createParser(record.value())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = name.equals(json.currentName());
                JsonToken value = json.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? json.getText() : null;
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
