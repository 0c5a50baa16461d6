package dev.orrery.monitoring.prediction;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Where a model came from: each part as the service says that owns it.
@Schema(name = "PredictionLineage")
record Lineage(
        ModelVersion modelVersion,
        Run run,
        DatasetVersion datasetVersion,

        @Schema(description = "the files whose rows are in the dataset version, the newest first")
        List<Batch> batches,

        @Schema(description = "batches of the dataset version that are not listed")
        int furtherBatches,

        @Schema(description = "what could not be found out, with the reason and what is known of it")
        List<String> unavailable) {

    @Schema(name = "LineageModelVersion")
    record ModelVersion(
            String model, int version, String state, String runId, String source, Map<String, String> tags) {}

    @Schema(name = "LineageRun")
    record Run(String id, String name, String status, Instant startedAt, Instant endedAt, Map<String, String> params) {}

    @Schema(name = "LineageDatasetVersion")
    record DatasetVersion(
            String dataset,
            int version,
            Long rows,
            Long snapshotId,
            Integer schemaVersion,
            String metadataUri,
            Instant createdAt) {}

    /// @param digest SHA-256 of the file that was sent; null where its batch is forgotten
    @Schema(name = "LineageBatch")
    record Batch(String id, Long rows, Long bytes, String digest, Instant createdAt) {}
}
