package dev.orrery.validation.judging;

import dev.orrery.contracts.event.RowIngested;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.PinnedSchema;
import dev.orrery.validation.check.RowValidator;
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
    private static final int MOST_VALIDATORS = 20;

    private final Batches batches;
    private final Schemas schemas;
    private final Map<String, Optional<PinnedSchema>> byBatch = newest(MOST_BATCHES);
    private final Map<PinnedSchema, RowValidator> validators = newest(MOST_VALIDATORS);

    PinnedSchemas(Batches batches, Schemas schemas) {
        this.batches = batches;
        this.schemas = schemas;
    }

    @Override
    public Optional<BatchSchema> of(RowIngested row) {
        return byBatch.computeIfAbsent(row.batch(), batch -> batches.pin(batch, row.dataset(), row.schemaVersion()))
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
        return new BatchSchema(pinned.dataset(), pinned.version(), validators.computeIfAbsent(pinned, this::validator));
    }

    private RowValidator validator(PinnedSchema pinned) {
        return new RowValidator(
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
