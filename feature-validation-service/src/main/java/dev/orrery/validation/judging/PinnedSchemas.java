package dev.orrery.validation.judging;

import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.PinnedSchema;
import dev.orrery.validation.check.SchemaRules;
import dev.orrery.validation.schema.Schemas;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The schemas of the batches that are coming in, asked of the database once per batch. Used by one thread.
@Singleton
class PinnedSchemas implements BatchSchemas {

    private static final int MOST_BATCHES = 2000;

    /// Those of wide datasets are large.
    private static final int MOST_SCHEMAS = 20;

    private final Batches batches;
    private final Schemas schemas;
    private final Map<String, Optional<PinnedSchema>> byBatch = newest(MOST_BATCHES);
    private final Map<PinnedSchema, SchemaRules> rules = newest(MOST_SCHEMAS);

    PinnedSchemas(Batches batches, Schemas schemas) {
        this.batches = batches;
        this.schemas = schemas;
    }

    @Override
    public Optional<BatchSchema> of(RowsHeader rows) {
        return byBatch.computeIfAbsent(rows.batch(), batch -> batches.pin(batch, rows.dataset(), rows.schemaVersion()))
                .map(this::ready);
    }

    @Override
    public Optional<BatchSchema> known(String batch) {
        Optional<PinnedSchema> cached = byBatch.getOrDefault(batch, Optional.empty());
        return cached.or(() -> batches.pinned(batch)).map(this::ready);
    }

    /// The dataset of a batch that was asked for lately.
    Optional<String> datasetOf(String batch) {
        return byBatch.getOrDefault(batch, Optional.empty()).map(PinnedSchema::dataset);
    }

    /// A dataset that had no schema a moment ago may have one now.
    void askAgainForUnknown() {
        byBatch.values().removeIf(Optional::isEmpty);
    }

    private BatchSchema ready(PinnedSchema pinned) {
        return new BatchSchema(pinned.dataset(), pinned.version(), rules.computeIfAbsent(pinned, this::compiled));
    }

    private SchemaRules compiled(PinnedSchema pinned) {
        return new SchemaRules(
                schemas.version(pinned.dataset(), pinned.version()).schema());
    }

    private static <K, V> Map<K, V> newest(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
