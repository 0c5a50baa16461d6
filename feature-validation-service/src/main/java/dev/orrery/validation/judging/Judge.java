package dev.orrery.validation.judging;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsReader;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.validation.Service;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.judging.BatchSchemas.BatchSchema;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Turns what was ingested into what is thought of it, and keeps count. It touches nothing but the tallies it
/// is given.
final class Judge {

    private static final String ROWS = "%s.%s".formatted(Topic.RECORDS_INGESTED.title(), Block.KIND);

    private final BatchSchemas schemas;

    Judge(BatchSchemas schemas) {
        this.schemas = schemas;
    }

    /// Says what is to be said of a record: nothing when it is a repeat, verdicts, and a dead letter of what cannot be
    /// judged. Dead rows have passed by, but are not received.
    void judge(
            ConsumerRecord<String, byte[]> record, Tallies tallies, Consumer<ProducerRecord<String, byte[]>> saying) {
        try {
            if (ROWS.equals(EventCodec.type(record.headers()))) {
                judgeRows(record, tallies, saying);
            } else {
                pass(record, tallies, saying);
            }
        } catch (UnreadableEvent e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            saying.accept(DeadLetters.of(record, e.getMessage() + cause));
        } catch (Unjudgeable e) {
            saying.accept(DeadLetters.of(record, e.getMessage()));
        }
    }

    private void pass(
            ConsumerRecord<String, byte[]> record, Tallies tallies, Consumer<ProducerRecord<String, byte[]>> saying) {
        switch (EventCodec.decode(record)) {
            case IngestEnded end -> end(end, record.partition(), tallies, saying);
            case Event other ->
                throw new Unjudgeable("%s is neither a block of rows nor an end".formatted(other.type()));
        }
    }

    private void judgeRows(
            ConsumerRecord<String, byte[]> record, Tallies tallies, Consumer<ProducerRecord<String, byte[]>> saying) {
        RowsReader rows = reader(record);
        RowsHeader header = rows.header();
        requireNames(header.dataset(), header.batch());
        Tally before = tallies.of(header.batch());
        var verdicts = new Verdicts(record, header);
        try {
            if (before.ended()) {
                throw new Unjudgeable("batch %s has ended before".formatted(header.batch()));
            }
            BatchSchema schema = schemaOf(header);
            verdicts.pass(rows, before.lastRow(), schema.version(), schema.rules());
        } catch (Unjudgeable e) {
            verdicts.bury(number -> number > before.lastRow(), e.getMessage());
        } catch (IllegalArgumentException e) {
            // Nothing of it was said yet.
            throw new Unjudgeable("not a %s: %s".formatted(ROWS, e.getMessage()));
        }
        if (verdicts.lastRow() > before.lastRow()) {
            tallies.put(before.plus(verdicts.validated(), verdicts.rejected(), verdicts.lastRow()));
        }
        verdicts.said().forEach(saying);
    }

    private static RowsReader reader(ConsumerRecord<String, byte[]> record) {
        try {
            return RowsReader.ingested(record.value());
        } catch (IllegalArgumentException e) {
            throw new Unjudgeable("not a %s: %s".formatted(ROWS, e.getMessage()));
        }
    }

    private BatchSchema schemaOf(RowsHeader rows) {
        BatchSchema schema = schemas.of(rows)
                .orElseThrow(() -> new Unjudgeable(
                        "dataset '%s' has no schema %d".formatted(rows.dataset(), rows.schemaVersion())));
        if (!schema.dataset().equals(rows.dataset())) {
            throw new Unjudgeable("batch %s belongs to dataset '%s', not to '%s'"
                    .formatted(rows.batch(), schema.dataset(), rows.dataset()));
        }
        return schema;
    }

    private void end(IngestEnded end, int partition, Tallies tallies, Consumer<ProducerRecord<String, byte[]>> saying) {
        requireNames(end.dataset(), end.batch());
        Tally tally = tallies.of(end.batch());
        if (tally.ended()) {
            return;
        }
        if (tally.received() > end.batchRows()) {
            throw new Unjudgeable("the end of batch %s says it has %d rows, but %d have come"
                    .formatted(end.batch(), end.batchRows(), tally.received()));
        }
        int schemaVersion = schemas.known(end.batch())
                .filter(schema -> schema.dataset().equals(end.dataset()))
                .map(BatchSchema::version)
                .orElse(0);
        tallies.put(tally.end());
        saying.accept(EventCodec.encode(
                Service.NAME,
                new ValidationEnded(
                        end.dataset(),
                        end.batch(),
                        partition,
                        schemaVersion,
                        tally.received(),
                        tally.validated(),
                        tally.rejected(),
                        end.batchRows())));
    }

    private static void requireNames(String dataset, String batch) {
        try {
            Names.require("dataset", dataset);
        } catch (IllegalArgumentException e) {
            throw new Unjudgeable(e.getMessage());
        }
        if (!Batch.isId(batch)) {
            throw new Unjudgeable("the batch's id is not 1 to 100 letters, digits and . _ : -");
        }
    }
}
