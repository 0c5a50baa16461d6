package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Instant;
import java.util.Optional;

/// A door at which one deployment answers, while the next one may be on its way. Any thread may ask it, and changes
/// come one at a time.
public final class Endpoint {

    private final String name;
    private volatile Serving serving;
    private volatile Rollout rollout;
    private boolean closed;

    /// A deployment that is not in service yet, or never will be.
    ///
    /// @param failure why the last attempt did not succeed, or null before the first has ended
    /// @param retryAt when it is tried again; null while it is being tried, and for good once it was refused
    public record Rollout(DeploymentChanged deployment, int attempts, String failure, Instant retryAt) {}

    Endpoint(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// The deployment that answers now, entered: the caller closes it.
    ///
    /// @throws ServiceUnavailableException when none has been loaded
    public Serving enter() {
        for (Serving now = serving; now != null; now = serving) {
            if (now.enter()) {
                return now;
            }
        }
        throw new ServiceUnavailableException("endpoint '%s' has no model loaded yet%s"
                .formatted(name, why().map(": "::concat).orElse("")));
    }

    /// Whether a model answers.
    public boolean ready() {
        return serving != null;
    }

    /// Why the deployment that should run does not, where that is known.
    public Optional<String> why() {
        return Optional.ofNullable(rollout).map(Rollout::failure);
    }

    Serving serving() {
        return serving;
    }

    Rollout rollout() {
        return rollout;
    }

    /// Takes note of a deployment, unless it is older than what is served or wanted already.
    synchronized boolean want(DeploymentChanged deployment) {
        Serving now = serving;
        Rollout next = rollout;
        if (now != null && deployment.revision() <= now.deployment().revision()
                || next != null && deployment.revision() <= next.deployment().revision()) {
            return false;
        }
        rollout = new Rollout(deployment, 0, null, null);
        return true;
    }

    /// Whether this deployment has not been overtaken by a newer one.
    boolean wants(DeploymentChanged deployment) {
        Rollout next = rollout;
        return next != null && next.deployment().revision() == deployment.revision();
    }

    synchronized void failed(DeploymentChanged deployment, int attempts, String failure, Instant retryAt) {
        if (wants(deployment)) {
            rollout = new Rollout(deployment, attempts, failure, retryAt);
        }
    }

    /// From now on requests are answered by the next deployment; those under way end where they began.
    /// One that is older than what answers already is let go.
    synchronized void swap(Serving next) {
        Serving old = serving;
        if (closed
                || old != null
                        && old.deployment().revision() >= next.deployment().revision()) {
            next.close();
            return;
        }
        serving = next;
        if (wants(next.deployment())) {
            rollout = null;
        }
        if (old != null) {
            old.close();
        }
    }

    synchronized void close() {
        closed = true;
        Serving last = serving;
        serving = null;
        if (last != null) {
            last.close();
        }
    }
}
