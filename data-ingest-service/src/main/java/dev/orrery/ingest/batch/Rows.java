package dev.orrery.ingest.batch;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsWriter;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.source.RowSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/// Puts the rows of a batch into blocks. A row goes to the partition that its entity says, and only then into a block,
/// so all rows of an entity keep their order.
final class Rows {

    private final DatasetSchema schema;
    private final String dataset;
    private final String batch;
    private final RowSource source;
    private final int keyColumn;
    private final int columns;
    private final EntityKeys subjects;
    private final List<RowsWriter> partitions;
    private final Consumer<BlockOutput> cells;

    /// @param sink takes each block with its partition
    Rows(
            Dataset dataset,
            String batch,
            RowSource source,
            EntityKeys subjects,
            int partitions,
            ObjIntConsumer<EncodedBlock> sink) {
        this.schema = dataset.schema();
        this.dataset = dataset.name();
        this.batch = batch;
        this.source = source;
        this.keyColumn = source.columns().indexOf(schema.key());
        this.columns = source.columns().size();
        this.subjects = subjects;
        this.cells = source::write;
        RowsHeader header =
                new RowsHeader(dataset.name(), batch, dataset.version(), dataset.useCaseRevision(), source.columns());
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> RowsWriter.ingested(header, block -> sink.accept(block, partition)))
                .toList();
    }

    /// Adds the row that the source is at.
    ///
    /// @param row its number, 1 is the first
    void add(long row) {
        String entity = entity(row, source.text(keyColumn));
        partitions.get(partition(entity)).add(row, entity, columns, cells);
    }

    /// Gives away what is gathered: a block never crosses a transaction.
    void flush() {
        partitions.forEach(RowsWriter::flush);
    }

    /// As Kafka's own producer chooses it by a key.
    private int partition(String entity) {
        return Utils.toPositive(Utils.murmur2(entity.getBytes(StandardCharsets.UTF_8))) % partitions.size();
    }

    /// A row without a key is about nobody known: it stands for itself, so that it is not lost before it is judged.
    private String entity(long row, String key) {
        if (key.isBlank() || schema.missing().contains(key)) {
            return batch + "/" + row;
        }
        return subjects.entityOfUnchecked(dataset, schema.keyType(), schema.isKeyPersonal(), key);
    }
}
