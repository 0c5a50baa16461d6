package dev.orrery.ingest.dataset;

import dev.orrery.contracts.schema.DatasetSchema;

/// A dataset as one version of its schema describes it.
///
/// @param useCaseRevision the revision of the use-case file that the schema came from; null where it came from none
public record Dataset(String name, int version, DatasetSchema schema, Integer useCaseRevision) {}
