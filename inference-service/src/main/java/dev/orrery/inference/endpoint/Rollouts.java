package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.inference.InferenceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Brings deployments into service, one at a time, on a thread of their own: fetch, load, prove, keep, swap. What
/// fails leaves the one before in service.
@Startup
@Singleton
class Rollouts {

    private final Endpoints endpoints;
    private final MeterRegistry meters;
    private final InferenceConfig.RolloutConfig config;
    private final DeploymentStore store;
    private final PackageFetch packages;
    private final ModelLoad models;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rollouts").daemon().factory());

    Rollouts(Endpoints endpoints, MeterRegistry meters, InferenceConfig config) throws IOException {
        this.endpoints = endpoints;
        this.meters = meters;
        this.config = config.rollout();
        store = new DeploymentStore(config.state().resolve("models"));
        packages = new PackageFetch(store, this.config.downloadTimeout());
        models = new ModelLoad(store, this.config.warmUp());
    }

    /// Loads what was served last, before the first request can come. Nothing here asks the network: a deployment
    /// whose files are damaged is fetched again afterwards.
    @PostConstruct
    void restore() throws IOException {
        for (DeploymentChanged deployment : store.deployments()) {
            Endpoint endpoint = endpoints.named(deployment.endpoint());
            try {
                Slot slot = ModelLoad.slot(deployment);
                if (store.hasAll(slot.files().values())) {
                    endpoint.swap(models.load(deployment, slot));
                    Log.infof("%s is served again from disk", describe(deployment));
                    continue;
                }
                Log.warnf("%s has lost files on disk; they are fetched again", describe(deployment));
            } catch (IOException | Refused e) {
                Log.warnf(e, "%s could not be restored from disk", describe(deployment));
            }
            want(deployment);
        }
    }

    /// Takes a deployment up, unless it is not newer than what is known. Returns at once.
    void want(DeploymentChanged deployment) {
        Endpoint endpoint = endpoints.named(deployment.endpoint());
        thread.execute(() -> {
            if (endpoint.want(deployment)) {
                attempt(endpoint, deployment, 1);
            }
        });
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
        packages.close();
    }

    private void attempt(Endpoint endpoint, DeploymentChanged deployment, int attempt) {
        if (!endpoint.wants(deployment)) {
            return;
        }
        try {
            Slot slot = ModelLoad.slot(deployment);
            packages.fetch(slot);
            Serving next = models.load(deployment, slot);
            keep(next);
            endpoint.swap(next);
            count(endpoint, "served");
            Log.infof("%s is in service", describe(deployment));
        } catch (IOException e) {
            retry(endpoint, deployment, attempt, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            refuse(endpoint, deployment, attempt, e);
        }
    }

    /// Kept before it serves, so that a restart never goes back behind an answer that was given.
    private void keep(Serving next) throws IOException {
        try {
            store.keep(next.deployment());
        } catch (IOException e) {
            next.close();
            throw e;
        }
    }

    private void retry(Endpoint endpoint, DeploymentChanged deployment, int attempt, IOException e) {
        if (thread.isShutdown()) {
            return;
        }
        Duration pause = pause(attempt);
        count(endpoint, "failed");
        endpoint.failed(deployment, attempt, e.getMessage(), Instant.now().plus(pause));
        Log.warnf("%s is tried again in %s: %s", describe(deployment), pause, e.getMessage());
        thread.schedule(() -> attempt(endpoint, deployment, attempt + 1), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refuse(Endpoint endpoint, DeploymentChanged deployment, int attempt, Throwable e) {
        boolean foreseen = e instanceof Refused;
        String reason = foreseen ? e.getMessage() : e.toString();
        count(endpoint, "refused");
        endpoint.failed(deployment, attempt, reason, null);
        Log.errorf(
                foreseen ? null : e, "%s is refused; what was served before goes on: %s", describe(deployment), reason);
    }

    private Duration pause(int attempt) {
        Duration pause = config.retryAfter().multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(config.retryAtMost()) < 0 ? pause : config.retryAtMost();
    }

    private void count(Endpoint endpoint, String outcome) {
        meters.counter("orrery.rollouts", "endpoint", endpoint.name(), "outcome", outcome)
                .increment();
    }

    private static String describe(DeploymentChanged deployment) {
        return "Deployment %d of endpoint %s".formatted(deployment.revision(), deployment.endpoint());
    }
}
