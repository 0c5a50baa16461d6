package dev.orrery.lake;

/// A finished data file that no snapshot has yet.
///
/// @param path where it is, as a URI
public record StagedFile(String path, long rows, long bytes) {}
