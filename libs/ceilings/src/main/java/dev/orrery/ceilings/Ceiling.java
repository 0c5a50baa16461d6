package dev.orrery.ceilings;

/// What one part cost when nothing else was done.
///
/// @param part      its name in the benchmark's table
/// @param units     how many rows, requests or predictions passed
/// @param cpuMicros processor time of the whole process per unit, microseconds
/// @param perSecond units in a second of the clock
public record Ceiling(String part, long units, double cpuMicros, double perSecond) {}
