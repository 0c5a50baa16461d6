package dev.orrery.inference.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Where a job's rows come from: always the same rows in the same order.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Source.Csv.class, name = "csv"),
    @JsonSubTypes.Type(value = Source.Parquet.class, name = "parquet"),
    @JsonSubTypes.Type(value = Source.Dataset.class, name = "dataset")
})
@Schema(name = "ScoringSource")
sealed interface Source {

    /// How many rows it has.
    long rows();

    /// An uploaded CSV file.
    ///
    /// @param digest SHA-256, hexadecimal
    record Csv(long rows, long bytes, String digest) implements Source {}

    /// An uploaded Parquet file.
    ///
    /// @param digest SHA-256, hexadecimal
    record Parquet(long rows, long bytes, String digest) implements Source {}

    /// A version of a dataset in the lake.
    ///
    /// @param metadataUri the immutable file that a reader opens
    record Dataset(String dataset, int version, long rows, String metadataUri, long snapshotId) implements Source {}
}
