package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.List;

/// A model version as it now stands.
///
/// @param revision   grows with every change of this version
/// @param useCase    the one that the model belongs to; null while it belongs to none
/// @param packageUri where its files are, one per path below it
/// @param aliases    the names that point to it now
public record ModelVersionChanged(
        String model,
        int version,
        long revision,
        String useCase,
        State state,
        List<String> aliases,
        String runId,
        String packageUri,
        Instant at)
        implements Event {

    /// What is known of the version.
    public enum State {
        /// It exists; nobody has asked it anything.
        @JsonProperty("registered")
        REGISTERED,
        /// It was loaded and answered its own golden rows.
        @JsonProperty("blessed")
        BLESSED,
        /// It could not be loaded, or answered its golden rows wrongly.
        @JsonProperty("refused")
        REFUSED
    }

    public ModelVersionChanged {
        requireNonNull(model, "model");
        requireNonNull(state, "state");
        requireNonNull(packageUri, "package_uri");
        requireNonNull(at, "at");
        aliases = List.copyOf(aliases);
        Require.atLeast("version", version, 1);
        Require.atLeast("revision", revision, 1);
    }

    @Override
    public Topic topic() {
        return Topic.MODEL_VERSIONS;
    }

    @Override
    public String kind() {
        return "changed";
    }

    @Override
    public String key() {
        return model + "/" + version;
    }

    @Override
    public String correlation() {
        return key();
    }
}
