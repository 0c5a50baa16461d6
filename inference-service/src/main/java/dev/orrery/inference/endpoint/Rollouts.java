package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.Instance;
import dev.orrery.inference.StateFolder;
import dev.orrery.inference.endpoint.Endpoint.Rollout;
import dev.orrery.kit.loop.ProcessEnd;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// Brings deployments into service, several side by side and each on its own: fetch, load, prove, keep, swap. What
/// fails leaves the one before in service, and the other endpoints alone.
@Startup
@Singleton
class Rollouts {

    private final Endpoints endpoints;
    private final InferenceConfig.RolloutConfig config;
    private final DeploymentStore store;
    private final LoadAttempts attempts;
    private final PackageFetch packages;
    private final Preparation preparation;
    private final RolloutThreads threads;
    private final RolloutMeters meters;
    private final Clock clock;
    private final AtomicInteger restoring = new AtomicInteger();
    /// Endpoints that the topic has named since the start.
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    @Inject
    Rollouts(
            Endpoints endpoints,
            MeterRegistry meters,
            InferenceConfig config,
            StateFolder state,
            Instance instance,
            WarmUp warmUp,
            Clock clock,
            ProcessEnd end)
            throws IOException {
        this(endpoints, meters, config, state, instance, warmUp, clock, end::because);
    }

    Rollouts(
            Endpoints endpoints,
            MeterRegistry meters,
            InferenceConfig config,
            StateFolder state,
            Instance instance,
            WarmUp warmUp,
            Clock clock,
            BiConsumer<String, Throwable> onEnd)
            throws IOException {
        this.endpoints = endpoints;
        this.config = config.rollout();
        this.clock = clock;
        this.meters = new RolloutMeters(meters, endpoints);
        store = new DeploymentStore(state.path().resolve("models"));
        attempts = new LoadAttempts(state.path().resolve("models/loading"));
        packages = new PackageFetch(store, this.config.downloadTimeout());
        ModelLoad models = new ModelLoad(store, warmUp);
        preparation = new Preparation(store, packages, attempts, models, instance.name(), clock);
        threads = new RolloutThreads(this.config, onEnd);
    }

    /// Loads what was served last. Nothing here asks the network: a deployment whose files are damaged is fetched
    /// again afterwards.
    @PostConstruct
    void restore() {
        List<DeploymentChanged> deployments = store.deployments();
        restoring.set(deployments.size());
        for (DeploymentChanged deployment : deployments) {
            Endpoint endpoint = endpoints.named(deployment.endpoint());
            endpoint.want(deployment);
            threads.load(() -> restore(endpoint, deployment));
        }
    }

    /// Whether each deployment of the last life answers again, or has been found unable to.
    boolean isRestored() {
        return restoring.get() == 0;
    }

    /// Takes a deployment up, unless it is not newer than what is known. Returns at once. One that withdraws its
    /// endpoint ends it.
    void want(DeploymentChanged deployment) {
        Endpoint endpoint = endpoints.named(deployment.endpoint());
        try {
            named.add(deployment.endpoint());
            store.named(deployment.endpoint(), clock.instant());
            if (endpoint.want(deployment)) {
                if (deployment.withdrawn()) {
                    end(endpoint, deployment);
                    return;
                }
                store.want(deployment);
                threads.download(() -> fetch(endpoint, deployment, 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends endpoints that the topic has not named since the start nor before a time.
    ///
    /// @return how many
    int forgetUnnamed(Instant before) {
        int forgotten = 0;
        try {
            for (DeploymentChanged deployment : store.deployments()) {
                String name = deployment.endpoint();
                if (!named.contains(name) && store.lastNamed(name).isBefore(before)) {
                    endpoints.remove(name);
                    meters.loaded();
                    store.forget(name);
                    forgotten++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return forgotten;
    }

    /// Gives models another chance that were set aside before a time.
    ///
    /// @return how many
    int forgetSetAside(Instant before) {
        try {
            return attempts.forget(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void stop() {
        threads.stop();
        packages.close();
    }

    /// From here on nothing answers there; requests under way end where they began.
    private void end(Endpoint endpoint, DeploymentChanged withdrawal) throws IOException {
        synchronized (endpoint) {
            endpoints.remove(endpoint.name());
            store.forget(endpoint.name());
        }
        meters.count(endpoint, "withdrawn");
        meters.loaded();
        Log.infof("%s withdraws it; nothing answers there any more", describe(withdrawal));
    }

    private void restore(Endpoint endpoint, DeploymentChanged deployment) {
        try {
            if (preparation.isHere(deployment)) {
                endpoint.swap(preparation.load(deployment));
                meters.loaded();
                Log.infof("%s is served again from disk", describe(deployment));
                return;
            }
            Log.warnf("%s has lost files on disk; they are fetched again", describe(deployment));
            threads.download(() -> fetch(endpoint, deployment, 1));
        } catch (IOException e) {
            retry(endpoint, deployment, 1, e);
        } catch (RuntimeException | LinkageError e) {
            refuse(endpoint, deployment, 1, e);
        } finally {
            restoring.decrementAndGet();
        }
    }

    private void fetch(Endpoint endpoint, DeploymentChanged deployment, int attempt) {
        if (!endpoint.wants(deployment)) {
            return;
        }
        try {
            preparation.fetch(deployment);
            threads.load(() -> serve(endpoint, deployment, attempt));
        } catch (IOException e) {
            retry(endpoint, deployment, attempt, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            refuse(endpoint, deployment, attempt, e);
        }
    }

    private void serve(Endpoint endpoint, DeploymentChanged deployment, int attempt) {
        if (!endpoint.wants(deployment)) {
            return;
        }
        try {
            take(endpoint, preparation.load(deployment));
        } catch (IOException e) {
            retry(endpoint, deployment, attempt, e);
        } catch (RuntimeException | LinkageError e) {
            refuse(endpoint, deployment, attempt, e);
        }
    }

    /// Kept before it serves, so that a restart never goes back behind an answer that was given; and only while
    /// nothing newer is wanted, so that an endpoint's revisions come in their order, though several may be loading.
    private void take(Endpoint endpoint, Running next) throws IOException {
        synchronized (endpoint) {
            if (!endpoint.wants(next.deployment())) {
                next.leave();
                return;
            }
            try {
                store.keep(next.deployment());
            } catch (IOException e) {
                next.leave();
                throw e;
            }
            endpoint.swap(next);
        }
        meters.count(endpoint, "served");
        meters.loaded();
        Log.infof("%s is in service", describe(next.deployment()));
    }

    private void retry(Endpoint endpoint, DeploymentChanged deployment, int attempt, IOException e) {
        Duration pause = pause(attempt);
        meters.count(endpoint, "failed");
        Map<Integer, String> waiting = e instanceof NotReady slots ? slots.reasons() : Map.of();
        endpoint.failed(new Rollout(
                deployment, attempt, e.getMessage(), waiting, clock.instant().plus(pause)));
        Log.warnf("%s is tried again in %s: %s", describe(deployment), pause, e.getMessage());
        threads.downloadLater(() -> fetch(endpoint, deployment, attempt + 1), pause);
    }

    private void refuse(Endpoint endpoint, DeploymentChanged deployment, int attempt, Throwable e) {
        boolean foreseen = e instanceof Refused;
        String reason = foreseen ? e.getMessage() : e.toString();
        Map<Integer, String> waiting = e instanceof Refused refused ? refused.reasons() : Map.of();
        meters.count(endpoint, "refused");
        endpoint.failed(new Rollout(deployment, attempt, reason, waiting, null));
        Log.errorf(
                foreseen ? null : e, "%s is refused; what was served before goes on: %s", describe(deployment), reason);
        try {
            store.giveUp(deployment);
        } catch (IOException unremoved) {
            Log.warnf(unremoved, "Files of %s stay until the next start", describe(deployment));
        }
    }

    private Duration pause(int attempt) {
        Duration pause = config.retryAfter().multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(config.retryAtMost()) < 0 ? pause : config.retryAtMost();
    }

    private static String describe(DeploymentChanged deployment) {
        return "Deployment %d of endpoint %s".formatted(deployment.revision(), deployment.endpoint());
    }
}
