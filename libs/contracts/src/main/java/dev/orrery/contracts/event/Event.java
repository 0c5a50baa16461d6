package dev.orrery.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orrery.contracts.Topic;

/// Something that happened, as one service tells the others. Each event knows where it belongs: its topic, its kind
/// (the end of its CloudEvents type) and the key within which order is kept.
public sealed interface Event
        permits UseCaseRevised,
                SchemaActivated,
                Block,
                IngestEnded,
                ValidationEnded,
                BatchMoved,
                DatasetVersionCreated,
                TrainingRequested,
                ModelVersionChanged,
                DeploymentChanged,
                EvaluationClosed,
                AlertChanged {

    @JsonIgnore
    Topic topic();

    /// The last part of the event's type, after the topic's name: `row`, `accepted`.
    @JsonIgnore
    String kind();

    /// The Kafka key.
    @JsonIgnore
    String key();

    /// What happens together shares one trace: all events of a batch, of a training, of a prediction.
    @JsonIgnore
    String correlation();

    /// The CloudEvents type.
    @JsonIgnore
    default String type() {
        return topic().title() + "." + kind();
    }

    /// The one partition this event must go to, or null where the key decides.
    @JsonIgnore
    default Integer targetPartition() {
        return null;
    }
}
