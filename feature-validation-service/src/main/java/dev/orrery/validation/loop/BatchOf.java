package dev.orrery.validation.loop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockInput;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Which batch and dataset a record is of, without reading the rest of it: reading may be what kills.
final class BatchOf {

    private static final Map<String, BlockFormat> BLOCKS = Map.of(
            Topic.RECORDS_INGESTED.title(), BlockFormat.ROWS_INGESTED,
            Topic.RECORDS_VALIDATED.title(), BlockFormat.ROWS_VALIDATED,
            Topic.RECORDS_REJECTED.title(), BlockFormat.ROWS_REJECTED);

    private BatchOf() {}

    /// The batch, or null when the record does not say.
    static String record(ConsumerRecord<String, byte[]> record) {
        return isJson(record) ? field(record, "batch") : block(record, true);
    }

    /// The dataset, or null when the record does not say.
    static String dataset(ConsumerRecord<String, byte[]> record) {
        return isJson(record) ? field(record, "dataset") : block(record, false);
    }

    private static boolean isJson(ConsumerRecord<String, byte[]> record) {
        return record.value() != null && record.value().length > 0 && record.value()[0] == '{';
    }

    /// A block begins with its dataset and its batch.
    private static String block(ConsumerRecord<String, byte[]> record, boolean second) {
        BlockFormat format = BLOCKS.get(record.topic());
        if (format == null || record.value() == null) {
            return null;
        }
        try {
            BlockInput input = format.read(record.value());
            String dataset = input.text();
            return second ? input.text() : dataset;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String field(ConsumerRecord<String, byte[]> record, String name) {
        try (JsonParser json = Json.MAPPER.createParser(record.value())) {
            json.nextToken();
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
