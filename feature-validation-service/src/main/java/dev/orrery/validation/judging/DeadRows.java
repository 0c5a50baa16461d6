package dev.orrery.validation.judging;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.kit.consumer.DeadLetters;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Dead letters for rows of one block. Those that can be judged do not lie among them.
record DeadRows(
        ConsumerRecord<String, byte[]> record, RowsHeader header, Consumer<ProducerRecord<String, byte[]>> saying) {

    void bury(List<Row> rows, String reason) {
        byte[] block = EventCodec.data(new RowsIngested(header, rows));
        saying.accept(DeadLetters.of(record, block, reason));
    }
}
