package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.List;

/// One closed window of predictions of one model version at one endpoint, judged for drift.
///
/// @param epoch       when the numbering of these windows began: whoever counts them and loses its state begins again
/// at
///                    1, in a later epoch
/// @param window      1, 2, 3 … within (endpoint, model, version, role) and epoch
/// @param predictions how many predictions the window holds
/// @param columns     each feature's drift, worst first; empty without a verdict
/// @param outputs     the drift of each of the model's outputs by name; empty without a verdict
/// @param severity    of the largest drift that is an alarm; null when none is
public record EvaluationClosed(
        String endpoint,
        String model,
        int version,
        Role role,
        long deploymentRevision,
        Instant epoch,
        long window,
        Instant from,
        Instant to,
        long predictions,
        Verdict verdict,
        List<Drift> columns,
        List<Drift> outputs,
        Severity severity)
        implements Event {

    /// What can be said of the window.
    public enum Verdict {
        /// Too few predictions to say anything.
        @JsonProperty("insufficient-data")
        INSUFFICIENT_DATA,
        @JsonProperty("stable")
        STABLE,
        @JsonProperty("drift")
        DRIFT
    }

    /// How far a column, or an output, has moved from the model's own reference.
    ///
    /// @param psi           population stability index, 0 and up
    /// @param criticalValue the PSI that chance alone exceeds with the configured probability, over all columns
    /// @param drifted       the PSI exceeds the critical value
    public record Drift(String column, double psi, double criticalValue, boolean drifted) {}

    public EvaluationClosed {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(model, "model");
        requireNonNull(role, "role");
        requireNonNull(epoch, "epoch");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(verdict, "verdict");
        columns = List.copyOf(columns);
        outputs = List.copyOf(outputs);
        Require.atLeast("window", window, 1);
        Require.atLeast("predictions", predictions, 1);
    }

    @Override
    public Topic topic() {
        return Topic.EVALUATIONS;
    }

    @Override
    public String kind() {
        return "closed";
    }

    @Override
    public String key() {
        return endpoint + "/" + version;
    }

    @Override
    public String correlation() {
        return "%s/%s/%d/%s/%s/%d".formatted(endpoint, model, version, role, epoch, window);
    }
}
