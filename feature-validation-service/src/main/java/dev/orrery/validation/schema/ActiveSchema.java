package dev.orrery.validation.schema;

import dev.orrery.contracts.schema.DatasetSchema;
import java.time.Instant;

/// A dataset's schema under its number.
public record ActiveSchema(String dataset, int version, DatasetSchema schema, Instant activatedAt) {

    static ActiveSchema of(SchemaVersion version) {
        return new ActiveSchema(version.dataset, version.version, version.schema(), version.activatedAt);
    }
}
