package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.kit.problem.NotFound;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A door at which one deployment answers, while the next one may be on its way. Any thread may ask it, and changes
/// come one at a time.
public final class Endpoint {

    private final String name;
    private volatile Running running;
    private volatile Rollout rollout;
    private boolean closed;

    /// A deployment that is not in service yet, or never will be.
    ///
    /// @param failure why the last attempt did not succeed, or null before the first has ended
    /// @param waiting why a slot is not ready, by its place; none of those that are, or whose turn has not come
    /// @param retryAt when it is tried again; null while it is being tried, and for good once it was refused
    record Rollout(
            DeploymentChanged deployment,
            int attempts,
            String failure,
            Map<Integer, String> waiting,
            Instant retryAt) {}

    Endpoint(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// The champion of the deployment that answers now, entered: the caller closes it.
    ///
    /// @throws ServiceUnavailableException when none has been loaded
    public Serving enter() {
        return running().champion();
    }

    /// A version of the deployment that answers now, whichever its role, entered: the caller closes it.
    ///
    /// @param version null for the champion
    /// @throws NotFound                    when that version is not loaded here
    /// @throws ServiceUnavailableException when none has been loaded
    public Serving enter(String version) {
        Running now = running();
        if (version == null) {
            return now.champion();
        }
        Optional<Serving> found = now.slots().stream()
                .filter(serving -> version.equals(String.valueOf(serving.slot().version())))
                .findFirst();
        if (found.isEmpty()) {
            now.leave();
            throw new NotFound("model '%s' has version %s here, not '%s'".formatted(name, versions(now), version));
        }
        return found.get();
    }

    /// The versions that are loaded, whichever their role; none before any is.
    public List<Integer> versions() {
        Running now = running;
        return now == null
                ? List.of()
                : now.slots().stream()
                        .map(serving -> serving.slot().version())
                        .distinct()
                        .toList();
    }

    /// The versions that are loaded, each in its role; none before any is.
    public List<Slot> slots() {
        Running now = running;
        return now == null ? List.of() : now.slots().stream().map(Serving::slot).toList();
    }

    /// Whether a model answers.
    public boolean ready() {
        return running != null;
    }

    /// Why the deployment that should run does not, where that is known.
    public Optional<String> why() {
        return Optional.ofNullable(rollout).map(Rollout::failure);
    }

    /// What runs, or null; to be looked at, not to be asked.
    Running looked() {
        return running;
    }

    Rollout rollout() {
        return rollout;
    }

    /// Takes note of a deployment, unless it is older than what is served or wanted already.
    synchronized boolean want(DeploymentChanged deployment) {
        Running now = running;
        Rollout next = rollout;
        if (closed
                || now != null && deployment.revision() <= now.deployment().revision()
                || next != null && deployment.revision() <= next.deployment().revision()) {
            return false;
        }
        rollout = new Rollout(deployment, 0, null, Map.of(), null);
        return true;
    }

    /// Whether this deployment has not been overtaken by a newer one.
    boolean wants(DeploymentChanged deployment) {
        Rollout next = rollout;
        return next != null && next.deployment().revision() == deployment.revision();
    }

    synchronized void failed(Rollout failed) {
        if (wants(failed.deployment())) {
            rollout = failed;
        }
    }

    /// From now on requests are answered by the next deployment; those under way end where they began.
    /// One that is older than what answers already is let go.
    synchronized void swap(Running next) {
        Running old = running;
        if (closed
                || old != null
                        && old.deployment().revision() >= next.deployment().revision()) {
            next.leave();
            return;
        }
        running = next;
        if (wants(next.deployment())) {
            rollout = null;
        }
        if (old != null) {
            old.leave();
        }
    }

    synchronized void close() {
        closed = true;
        rollout = null;
        Running last = running;
        running = null;
        if (last != null) {
            last.leave();
        }
    }

    private Running running() {
        for (Running now = running; now != null; now = running) {
            if (now.enter()) {
                return now;
            }
        }
        throw new ServiceUnavailableException("endpoint '%s' has no model loaded yet%s"
                .formatted(name, why().map(": "::concat).orElse("")));
    }

    private static String versions(Running now) {
        return now.slots().stream()
                .map(serving -> String.valueOf(serving.slot().version()))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
