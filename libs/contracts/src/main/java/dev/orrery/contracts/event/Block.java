package dev.orrery.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Rows of one partition that travel as one record, in Avro. All that is said of an event holds: it has one key, one
/// type,
/// one trace.
public sealed interface Block extends Event permits RowsIngested, RowsValidated, RowsRejected, PredictionsMade {

    /// The kind of every block: its topic tells the rest.
    String KIND = "rows";

    @Override
    @JsonIgnore
    default String kind() {
        return KIND;
    }

    /// How many rows it holds: at least one, but for predictions.
    @JsonIgnore
    int size();

    /// The block as it lies on its topic.
    @JsonIgnore
    EncodedBlock encoded();
}
