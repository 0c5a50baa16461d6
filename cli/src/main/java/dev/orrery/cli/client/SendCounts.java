package dev.orrery.cli.client;

import java.util.List;

/// What came of rows that were sent to an endpoint.
///
/// @param rows     how many there are in the file
/// @param yes      answered with a positive decision
/// @param failed   not answered
/// @param failures the first ones, with their lines in the file
record SendCounts(
        String endpoint, long rows, long yes, long no, long failed, double seconds, List<RowFailure> failures) {

    record RowFailure(long line, String reason) {}

    long sent() {
        return yes + no + failed;
    }
}
