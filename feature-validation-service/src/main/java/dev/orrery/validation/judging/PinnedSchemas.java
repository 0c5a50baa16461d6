package dev.orrery.validation.judging;

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

    private static final int MOST = 200;

    private final Batches batches;
    private final Schemas schemas;
    private final Map<String, Optional<BatchSchema>> byBatch = newest();
    private final Map<PinnedSchema, RowValidator> validators = newest();

    PinnedSchemas(Batches batches, Schemas schemas) {
        this.batches = batches;
        this.schemas = schemas;
    }

    @Override
    public Optional<BatchSchema> of(String batch, String dataset) {
        return byBatch.computeIfAbsent(
                batch,
                id -> batches.pin(id, dataset)
                        .map(pinned -> new BatchSchema(
                                pinned.dataset(),
                                pinned.version(),
                                validators.computeIfAbsent(pinned, this::validator))));
    }

    /// The schema of a batch that was asked for lately.
    Optional<BatchSchema> known(String batch) {
        return byBatch.getOrDefault(batch, Optional.empty());
    }

    /// A dataset that had no schema a moment ago may have one now.
    void askAgainForUnknown() {
        byBatch.values().removeIf(Optional::isEmpty);
    }

    private RowValidator validator(PinnedSchema pinned) {
        return new RowValidator(
                schemas.version(pinned.dataset(), pinned.version()).schema());
    }

    private static <K, V> Map<K, V> newest() {
        return new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }
}
