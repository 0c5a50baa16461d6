package dev.orrery.validation.judging;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.RowIngested;
import dev.orrery.contracts.event.RowRejected;
import dev.orrery.contracts.event.RowValidated;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.validation.Service;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.check.Verdict;
import dev.orrery.validation.judging.BatchSchemas.BatchSchema;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Turns what was ingested into what is thought of it, and keeps count. It touches nothing but the tallies it
/// is given.
final class Judge {

    private final BatchSchemas schemas;
    private String namedDataset;
    private String namedBatch;

    Judge(BatchSchemas schemas) {
        this.schemas = schemas;
    }

    /// What is to be said of a record, or nothing when it is a repeat.
    ///
    /// @throws Unjudgeable when it cannot be judged; a row has then passed by, but is not received
    Optional<ProducerRecord<String, byte[]>> judge(ConsumerRecord<String, byte[]> record, Tallies tallies) {
        return switch (read(record)) {
            case RowIngested row -> judge(row, tallies);
            case IngestEnded end -> end(end, record.partition(), tallies);
            case Event other -> throw new Unjudgeable("%s is neither a row nor an end".formatted(other.type()));
        };
    }

    private Optional<ProducerRecord<String, byte[]>> judge(RowIngested row, Tallies tallies) {
        requireNames(row.dataset(), row.batch());
        Tally before = tallies.of(row.batch());
        if (row.row() <= before.lastRow()) {
            return Optional.empty();
        }
        tallies.put(before.past(row.row()));
        if (before.ended()) {
            throw new Unjudgeable("row %d of batch %s comes after its end".formatted(row.row(), row.batch()));
        }
        BatchSchema schema = schemaOf(row);
        Verdict verdict = schema.validator().judge(row.values());
        ProducerRecord<String, byte[]> told = write(event(row, schema.version(), verdict));
        tallies.put(
                verdict instanceof Verdict.Valid ? before.plusValidated(row.row()) : before.plusRejected(row.row()));
        return Optional.of(told);
    }

    private BatchSchema schemaOf(RowIngested row) {
        BatchSchema schema = schemas.of(row)
                .orElseThrow(() ->
                        new Unjudgeable("dataset '%s' has no schema %d".formatted(row.dataset(), row.schemaVersion())));
        if (!schema.dataset().equals(row.dataset())) {
            throw new Unjudgeable("batch %s belongs to dataset '%s', not to '%s'"
                    .formatted(row.batch(), schema.dataset(), row.dataset()));
        }
        return schema;
    }

    private static Event event(RowIngested row, int version, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Valid valid ->
                new RowValidated(row.dataset(), row.batch(), row.row(), row.entity(), version, valid.values());
            case Verdict.Broken broken ->
                new RowRejected(
                        row.dataset(), row.batch(), row.row(), row.entity(), version, row.values(), broken.reasons());
        };
    }

    private Optional<ProducerRecord<String, byte[]>> end(IngestEnded end, int partition, Tallies tallies) {
        requireNames(end.dataset(), end.batch());
        Tally tally = tallies.of(end.batch());
        if (tally.ended()) {
            return Optional.empty();
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
        return Optional.of(write(new ValidationEnded(
                end.dataset(),
                end.batch(),
                partition,
                schemaVersion,
                tally.received(),
                tally.validated(),
                tally.rejected(),
                end.batchRows())));
    }

    private static Event read(ConsumerRecord<String, byte[]> record) {
        try {
            return EventCodec.decode(record);
        } catch (UnreadableEvent e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw new Unjudgeable(e.getMessage() + cause);
        }
    }

    private static ProducerRecord<String, byte[]> write(Event event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(Service.NAME, event);
        if (!DeadLetters.fits(record)) {
            throw new Unjudgeable("its %s would have %d bytes, more than a topic takes"
                    .formatted(event.type(), record.value().length));
        }
        return record;
    }

    private void requireNames(String dataset, String batch) {
        // Rows of a batch come one after the other: what was found of the one before need not be found again.
        if (dataset.equals(namedDataset) && batch.equals(namedBatch)) {
            return;
        }
        try {
            Names.require("dataset", dataset);
        } catch (IllegalArgumentException e) {
            throw new Unjudgeable(e.getMessage());
        }
        if (!Batch.isId(batch)) {
            throw new Unjudgeable("the batch's id is not 1 to 100 letters, digits and . _ : -");
        }
        namedDataset = dataset;
        namedBatch = batch;
    }
}
