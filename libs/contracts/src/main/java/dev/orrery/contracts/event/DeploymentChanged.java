package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What should run at an endpoint: the full desired state, enough to load it without asking anybody what it means.
/// One without slots says that nothing should run there any more; it stays on the compacted topic, so that whoever was
/// away learns of it too.
///
/// @param revision grows with every change; readers ignore an older one
/// @param slots    the versions that run; the shares of those that answer add up to 100
public record DeploymentChanged(String endpoint, long revision, String useCase, List<Slot> slots, Instant at)
        implements Event {

    /// A version's part at an endpoint, before anything is known of its package.
    public interface Part {
        String model();

        int version();

        Role role();

        /// Percent of the requests.
        int share();

        /// How messages name it: `canary churn 4`.
        default String words() {
            return "%s %s %d".formatted(role().word(), model(), version());
        }
    }

    /// @param share      percent of the requests that it answers; of a shadow, of those that it is asked too
    /// @param packageUri where the files are, one per path below it
    /// @param files      each file's SHA-256, hexadecimal
    public record Slot(String model, int version, Role role, int share, String packageUri, Map<String, String> files)
            implements Part {
        public Slot {
            requireNonNull(model, "model");
            requireNonNull(role, "role");
            requireNonNull(packageUri, "package_uri");
            files = Map.copyOf(files);
            Require.atLeast("version", version, 1);
        }
    }

    /// @throws Faulty with everything that is wrong with the slots, unless one plays a part that only a newer version
    ///                knows
    public DeploymentChanged {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(useCase, "use_case");
        requireNonNull(at, "at");
        slots = List.copyOf(slots);
        Require.atLeast("revision", revision, 1);
        if (!slots.isEmpty() && slots.stream().noneMatch(slot -> slot.role() == Role.UNKNOWN)) {
            Faulty.unless(faults(slots));
        }
    }

    /// Everything that keeps these parts from being played together.
    public static List<Fault> faults(List<? extends Part> slots) {
        return SlotFaults.of(slots);
    }

    /// Whether nothing should run there any more.
    public boolean withdrawn() {
        return slots.isEmpty();
    }

    /// The slot of the champion.
    ///
    /// @throws java.util.NoSuchElementException when it was withdrawn
    public Slot champion() {
        return slots.stream()
                .filter(slot -> slot.role() == Role.CHAMPION)
                .findFirst()
                .orElseThrow();
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
