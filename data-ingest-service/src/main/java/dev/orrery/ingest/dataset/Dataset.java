package dev.orrery.ingest.dataset;

import dev.orrery.contracts.schema.DatasetSchema;

/// A dataset as one version of its schema describes it.
public record Dataset(String name, int version, DatasetSchema schema) {}
