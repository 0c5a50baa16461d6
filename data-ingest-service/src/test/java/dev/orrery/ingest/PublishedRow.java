package dev.orrery.ingest;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One row of a block, with the block's header and the partition where it lies.
public record PublishedRow(int partition, RowsHeader header, Row row) {

    /// The rows of a record, none when it is something else.
    public static Stream<PublishedRow> of(ConsumerRecord<String, byte[]> record) {
        return EventCodec.decode(record) instanceof RowsIngested(RowsHeader header, var rows)
                ? rows.stream().map(row -> new PublishedRow(record.partition(), header, row))
                : Stream.empty();
    }

    public long number() {
        return row.number();
    }

    public String entity() {
        return row.entity();
    }

    /// Its cells by their columns, in the file's order.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < header.columns().size(); i++) {
            values.put(header.columns().get(i), row.cells().get(i));
        }
        return values;
    }
}
