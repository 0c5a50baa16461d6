package dev.orrery.validation.judging;

import dev.orrery.contracts.block.BlockCutter;
import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RejectionsWriter;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.RowsReader;
import dev.orrery.contracts.event.RowsRejected.Rejected;
import dev.orrery.contracts.event.RowsWriter;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.validation.Service;
import dev.orrery.validation.check.RowValidator;
import dev.orrery.validation.check.SchemaRules;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The verdicts on the rows of one block: blocks of validated and of rejected rows, into the partition they come from,
/// and dead letters of those that cannot be judged.
///
/// It holds the numbers of rows, not the rows: should some of them be dead, the record has them.
final class Verdicts {

    private final ConsumerRecord<String, byte[]> record;
    private final RowsHeader header;
    private final List<ProducerRecord<String, byte[]>> said = new ArrayList<>();
    private final LongBuffer valid = LongBuffer.allocate(BlockCutter.MOST_ROWS);
    private final LongBuffer broken = LongBuffer.allocate(BlockCutter.MOST_ROWS);
    private long validated;
    private long rejected;
    private long lastRow;

    Verdicts(ConsumerRecord<String, byte[]> record, RowsHeader header) {
        this.record = record;
        this.header = header;
    }

    /// Judges the rows above a number.
    ///
    /// @throws IllegalArgumentException when the block is damaged; what was said then is void
    void pass(RowsReader rows, long above, int schemaVersion, SchemaRules rules) {
        RowValidator validator = rules.under(header.columns());
        RowsWriter toLake =
                RowsWriter.validated(under(schemaVersion, rules.columns()), block -> validated += say(block, valid));
        RejectionsWriter toQuarantine =
                new RejectionsWriter(under(schemaVersion, header.columns()), block -> rejected += say(block, broken));
        Object[] values = new Object[rules.columns().size()];
        List<Object> typed = Arrays.asList(values);
        while (rows.next()) {
            if (rows.number() <= above) {
                continue;
            }
            lastRow = rows.number();
            if (validator.judge(rows.cells(), values)) {
                valid.put(lastRow);
                toLake.add(lastRow, rows.entity(), typed);
            } else {
                broken.put(lastRow);
                Row row = new Row(lastRow, rows.entity(), rows.cells());
                toQuarantine.add(new Rejected(row, validator.reasons(rows.cells())));
            }
        }
        toLake.flush();
        toQuarantine.flush();
    }

    /// Dead letters for rows that cannot be judged, as a block of just these.
    void bury(LongPredicate numbers, String reason) {
        List<Row> rows = ((RowsIngested) EventCodec.decode(record))
                .rows().stream().filter(row -> numbers.test(row.number())).toList();
        if (!rows.isEmpty()) {
            said.add(DeadLetters.of(record, EventCodec.data(new RowsIngested(header, rows)), reason));
            lastRow = Math.max(lastRow, rows.getLast().number());
        }
    }

    /// All that there is to say.
    List<ProducerRecord<String, byte[]>> said() {
        return said;
    }

    long validated() {
        return validated;
    }

    long rejected() {
        return rejected;
    }

    /// The last row that was judged or buried; 0 when there was none.
    long lastRow() {
        return lastRow;
    }

    private RowsHeader under(int schemaVersion, List<String> columns) {
        return new RowsHeader(header.dataset(), header.batch(), schemaVersion, header.useCaseRevision(), columns);
    }

    /// Says a block of the rows that have waited longest, unless a topic does not take it: then they are dead.
    ///
    /// @return how many rows were said
    private int say(EncodedBlock block, LongBuffer waiting) {
        long[] its = new long[block.rows()];
        waiting.flip().get(its).compact();
        ProducerRecord<String, byte[]> verdict = EventCodec.encode(Service.NAME, block, record.partition());
        if (DeadLetters.fits(verdict)) {
            said.add(verdict);
            return its.length;
        }
        bury(
                number -> LongStream.of(its).anyMatch(dead -> dead == number),
                "a block of %s would have %d bytes, more than a topic takes"
                        .formatted(verdict.topic(), verdict.value().length));
        return 0;
    }
}
