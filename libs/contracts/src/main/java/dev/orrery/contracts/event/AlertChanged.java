package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// An alert was opened, became worse, or is over.
///
/// @param id       the alert; one is opened at a time for an endpoint's model version
/// @param revision grows with every change of this alert
/// @param columns  the drifted features, worst first
/// @param outputs  the model's outputs that drifted themselves
/// @param summary  one sentence for a person
public record AlertChanged(
        String id,
        long revision,
        State state,
        Severity severity,
        String endpoint,
        String model,
        int version,
        List<String> columns,
        List<String> outputs,
        String summary,
        Instant at)
        implements Event {

    public enum State {
        @JsonProperty("opened")
        OPENED,
        @JsonProperty("escalated")
        ESCALATED,
        @JsonProperty("resolved")
        RESOLVED
    }

    public AlertChanged {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(severity, "severity");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(model, "model");
        requireNonNull(summary, "summary");
        requireNonNull(at, "at");
        columns = List.copyOf(columns);
        outputs = List.copyOf(outputs);
        Require.atLeast("revision", revision, 1);
    }

    @Override
    public Topic topic() {
        return Topic.ALERTS;
    }

    @Override
    public String kind() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String key() {
        return id;
    }

    @Override
    public String correlation() {
        return id;
    }
}
