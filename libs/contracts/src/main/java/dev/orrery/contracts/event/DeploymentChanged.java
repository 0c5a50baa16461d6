package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What should run at an endpoint: the full desired state, enough to load it without asking anybody what it means.
///
/// @param revision grows with every change; readers ignore an older one
/// @param slots    the versions that run; the shares of those that answer add up to 100
public record DeploymentChanged(String endpoint, long revision, String useCase, List<Slot> slots, Instant at)
        implements Event {

    private static final int WHOLE = 100;

    /// @param share      percent of the requests
    /// @param packageUri where the files are, one per path below it
    /// @param files      each file's SHA-256, hexadecimal
    public record Slot(String model, int version, Role role, int share, String packageUri, Map<String, String> files) {
        public Slot {
            requireNonNull(model, "model");
            requireNonNull(role, "role");
            requireNonNull(packageUri, "package_uri");
            files = Map.copyOf(files);
            Require.atLeast("version", version, 1);
        }
    }

    public DeploymentChanged {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(useCase, "use_case");
        requireNonNull(at, "at");
        slots = List.copyOf(slots);
        Require.atLeast("revision", revision, 1);
        int answering = slots.stream()
                .filter(slot -> slot.role() != Role.SHADOW)
                .mapToInt(Slot::share)
                .sum();
        if (slots.stream().noneMatch(slot -> slot.role() == Role.UNKNOWN)) {
            Require.sum("share", WHOLE, answering);
        }
    }

    /// Whether a version is its champion.
    public boolean serves(String model, int version) {
        return slots.stream()
                .anyMatch(slot ->
                        slot.role() == Role.CHAMPION && slot.model().equals(model) && slot.version() == version);
    }

    @Override
    public Topic topic() {
        return Topic.DEPLOYMENTS;
    }

    @Override
    public String kind() {
        return "changed";
    }

    @Override
    public String key() {
        return endpoint;
    }

    @Override
    public String correlation() {
        return endpoint + "/" + revision;
    }
}
