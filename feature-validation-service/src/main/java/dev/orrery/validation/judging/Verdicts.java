package dev.orrery.validation.judging;

import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RejectionsWriter;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsRejected.Rejected;
import dev.orrery.contracts.event.RowsWriter;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.validation.Service;
import dev.orrery.validation.check.RowValidator;
import dev.orrery.validation.check.SchemaRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The verdicts on the rows of one block: blocks of validated and of rejected rows, into the partition they come from.
final class Verdicts {

    private final RowsHeader header;
    private final int partition;
    private final Consumer<ProducerRecord<String, byte[]>> saying;
    private final DeadRows dead;
    private final List<Row> valid = new ArrayList<>();
    private final List<Row> broken = new ArrayList<>();
    private long validated;
    private long rejected;

    Verdicts(RowsHeader header, int partition, Consumer<ProducerRecord<String, byte[]>> saying, DeadRows dead) {
        this.header = header;
        this.partition = partition;
        this.saying = saying;
        this.dead = dead;
    }

    /// Judges rows and says what comes of it.
    void pass(List<Row> rows, int schemaVersion, SchemaRules rules) {
        RowValidator validator = rules.under(header.columns());
        RowsWriter toLake =
                RowsWriter.validated(under(schemaVersion, rules.columns()), block -> validated += said(block, valid));
        RejectionsWriter toQuarantine =
                new RejectionsWriter(under(schemaVersion, header.columns()), block -> rejected += said(block, broken));
        Object[] values = new Object[rules.columns().size()];
        List<Object> typed = Arrays.asList(values);
        for (Row row : rows) {
            if (validator.judge(row.cells(), values)) {
                valid.add(row);
                toLake.add(row.number(), row.entity(), typed);
            } else {
                broken.add(row);
                toQuarantine.add(new Rejected(row, validator.reasons(row.cells())));
            }
        }
        toLake.flush();
        toQuarantine.flush();
    }

    long validated() {
        return validated;
    }

    long rejected() {
        return rejected;
    }

    private RowsHeader under(int schemaVersion, List<String> columns) {
        return new RowsHeader(header.dataset(), header.batch(), schemaVersion, header.useCaseRevision(), columns);
    }

    /// Says a block of the rows that have waited longest, unless a topic does not take it: then they are dead.
    ///
    /// @return how many rows were said
    private int said(EncodedBlock block, List<Row> waiting) {
        List<Row> its = waiting.subList(0, block.rows());
        ProducerRecord<String, byte[]> record = EventCodec.encode(Service.NAME, block, partition);
        boolean fits = DeadLetters.fits(record);
        if (fits) {
            saying.accept(record);
        } else {
            dead.bury(
                    List.copyOf(its),
                    "a block of %s would have %d bytes, more than a topic takes"
                            .formatted(record.topic(), record.value().length));
        }
        its.clear();
        return fits ? block.rows() : 0;
    }
}
