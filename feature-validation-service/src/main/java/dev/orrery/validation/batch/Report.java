package dev.orrery.validation.batch;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What validation has to say of a batch.
///
/// @param rows           how many rows it has; null while nobody has seen its end
/// @param received       how many of them have been judged
/// @param datasetVersion the version that it made, when it was accepted
/// @param reason         why it was quarantined, or has failed
@Schema(name = "BatchReport")
record Report(
        String batch,
        String dataset,
        Batch.State state,
        int schemaVersion,
        Long rows,
        long received,
        long validated,
        long rejected,
        List<Reason> reasons,
        Integer datasetVersion,
        String reason) {

    /// How often a column failed a check.
    @Schema(name = "FailedCheck")
    record Reason(String column, String check, long count) {}

    static Report decided(Batch batch, List<Reason> reasons) {
        return new Report(
                batch.id,
                batch.dataset,
                batch.state,
                batch.schemaVersion,
                batch.rows,
                batch.received,
                batch.validated,
                batch.rejected,
                reasons,
                batch.datasetVersion,
                batch.reason);
    }

    static Report soFar(Batch batch, Long rows, long received, long validated, long rejected, List<Reason> reasons) {
        return new Report(
                batch.id,
                batch.dataset,
                batch.state,
                batch.schemaVersion,
                rows,
                received,
                validated,
                rejected,
                reasons,
                null,
                batch.reason);
    }
}
