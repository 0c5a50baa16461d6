package dev.orrery.validation.batch;

/// The schema version that judges every row of a batch, in whatever partition and instance.
public record PinnedSchema(String dataset, int version) {}
