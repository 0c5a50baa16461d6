package dev.orrery.validation.judging;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// What one partition has brought of one batch.
///
/// @param lastRow the row number seen last; rows of a batch come in rising order, so one not above it is a
///                repeat
/// @param ended   whether the batch's end has been seen here
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"batch", "validated", "rejected", "lastRow", "ended"})
record Tally(String batch, long validated, long rejected, long lastRow, boolean ended) {

    static Tally none(String batch) {
        return new Tally(batch, 0, 0, 0, false);
    }

    long received() {
        return validated + rejected;
    }

    /// So many more were judged, and rows went by up to a number; some of them could not be judged.
    Tally plus(long moreValidated, long moreRejected, long row) {
        return new Tally(batch, validated + moreValidated, rejected + moreRejected, row, ended);
    }

    Tally end() {
        return new Tally(batch, validated, rejected, lastRow, true);
    }
}
