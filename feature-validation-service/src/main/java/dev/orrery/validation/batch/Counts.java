package dev.orrery.validation.batch;

import java.util.Locale;
import java.util.Optional;

/// What became of the rows of a whole batch.
///
/// @param rows     how many ingest has published
/// @param received how many could be judged: validated or rejected
public record Counts(long rows, long received, long validated, long rejected) {

    public Counts {
        if (validated + rejected != received || received > rows) {
            throw new IllegalArgumentException("%d validated and %d rejected are not %d received of %d"
                    .formatted(validated, rejected, received, rows));
        }
    }

    /// Why the batch must not become a part of its dataset, or nothing when it may.
    ///
    /// @param quarantineAbove the largest share of rejected rows that is still accepted
    public Optional<String> objection(double quarantineAbove) {
        if (rows == 0) {
            return Optional.of("it has no rows");
        }
        if (received < rows) {
            return Optional.of("%d of its %d rows could not be judged; the dead-letter topic has them and says why"
                    .formatted(rows - received, rows));
        }
        if (validated == 0) {
            return Optional.of("every one of its rows was rejected");
        }
        if (rejected > quarantineAbove * received) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%.1f %% of its rows were rejected, more than the %.1f %% allowed",
                    100.0 * rejected / received,
                    100 * quarantineAbove));
        }
        return Optional.empty();
    }
}
