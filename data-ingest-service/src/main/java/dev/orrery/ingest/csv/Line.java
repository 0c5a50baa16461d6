package dev.orrery.ingest.csv;

import java.util.List;

/// The fields of one record of a CSV file.
///
/// @param number the physical line on which the record starts; quoted line breaks count
public record Line(long number, List<String> fields) {}
