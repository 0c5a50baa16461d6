package dev.orrery.ingest.batch;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.event.RowIngested;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.ingest.csv.Line;
import dev.orrery.ingest.dataset.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns the lines of a batch into events.
final class Rows {

    private final String dataset;
    private final int schemaVersion;
    private final DatasetSchema schema;
    private final String batch;
    private final List<String> header;
    private final int keyColumn;
    private final EntityKeys subjects;

    Rows(Dataset dataset, String batch, List<String> header, EntityKeys subjects) {
        this.dataset = dataset.name();
        this.schemaVersion = dataset.version();
        this.schema = dataset.schema();
        this.batch = batch;
        this.header = header;
        this.keyColumn = header.indexOf(schema.key());
        this.subjects = subjects;
    }

    RowIngested event(long row, Line line) {
        Map<String, String> values = LinkedHashMap.newLinkedHashMap(header.size());
        for (int i = 0; i < header.size(); i++) {
            values.put(header.get(i), line.fields().get(i));
        }
        String entity = entity(row, line.fields().get(keyColumn));
        return new RowIngested(dataset, batch, row, entity, schemaVersion, values);
    }

    /// A row without a key is about nobody known: it stands for itself, so that it is not lost before it is judged.
    private String entity(long row, String key) {
        if (key.isBlank() || schema.missing().contains(key)) {
            return batch + "/" + row;
        }
        return subjects.entityOfUnchecked(dataset, schema.keyType(), schema.isKeyPersonal(), key);
    }
}
