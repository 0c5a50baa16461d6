package dev.orrery.cli.simulation;

/// A value that was broken on purpose, and the check that must find it.
///
/// @param row   1 is the first row after the header
/// @param check as validation names it: type, presence, domain, range
public record Planted(long row, String column, String check) {}
