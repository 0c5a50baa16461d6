package dev.orrery.inference.job;

import dev.orrery.contracts.Json;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.job.Job.Progress;
import dev.orrery.inference.job.Job.State;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// All jobs of this instance, those of its last life too. A job holds the version that scores it from when it is taken
/// until it is over, so a switch does not change what it is scored by.
@ApplicationScoped
class Jobs {

    private static final int BASE = 36;
    private static final int RANDOM = BASE * BASE * BASE * BASE;

    private final JobStore store;
    private final Endpoints endpoints;
    private final JobMeters meters;
    private final Clock clock;
    private final ConcurrentNavigableMap<String, Job> byId = new ConcurrentSkipListMap<>();
    private final Map<String, Serving> held = new ConcurrentHashMap<>();

    Jobs(JobStore store, Endpoints endpoints, MeterRegistry registry, Clock clock) {
        this.store = store;
        this.endpoints = endpoints;
        this.clock = clock;
        meters = new JobMeters(registry, this);
    }

    @PostConstruct
    void restore() {
        try {
            store.all().forEach(job -> byId.put(job.id(), job));
        } catch (IOException e) {
            throw new UncheckedIOException("the jobs on disk cannot be read", e);
        }
    }

    @PreDestroy
    void letGo() {
        held.values().forEach(Serving::close);
    }

    /// @throws NotFound when there is none, or it is kept no more
    Job get(String id) {
        Job job = byId.get(id);
        if (job == null) {
            throw new NotFound("There is no job '%s' here. GET /v1/jobs lists those that are kept.".formatted(id));
        }
        return job;
    }

    Optional<Job> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// Whether nothing of it is left to do.
    boolean isOver(String id) {
        return find(id).map(job -> job.state().isOver()).orElse(true);
    }

    /// The newest first, from before one on.
    ///
    /// @param id       of the one before; null for the newest
    /// @param endpoint whose; null for all
    Stream<Job> before(String id, String endpoint) {
        return (id == null ? byId : byId.headMap(id, false))
                .descendingMap().values().stream()
                        .filter(job -> endpoint == null || job.endpoint().equals(endpoint));
    }

    /// Those that are not over, the oldest first.
    List<Job> unfinished() {
        return byId.values().stream().filter(job -> !job.state().isOver()).toList();
    }

    /// Takes a job, unless the same was taken before.
    ///
    /// @param draft   the folder with its input, which becomes the job's or is removed
    /// @param serving the version that is to score it, entered; the job closes it
    /// @throws Conflict when its idempotency key was another job's
    synchronized Job take(Path draft, Request request, Source source, Serving serving) throws IOException {
        Optional<Job> before = byId.values().stream()
                .filter(job -> request.key() != null && request.key().equals(job.idempotencyKey()))
                .findFirst();
        if (before.isPresent()) {
            Job same = request.same(before.get(), source);
            serving.close();
            store.giveUp(draft);
            return same;
        }
        Job job = new Job(
                newId(),
                serving.header().endpoint(),
                new Job.Version(
                        serving.slot().model(),
                        serving.slot().version(),
                        serving.deployment().revision()),
                source,
                request.output(),
                OutputColumns.of(serving.card(), request.log()),
                request.log(),
                request.key(),
                State.QUEUED,
                Progress.NONE,
                0,
                clock.instant(),
                null,
                null,
                null);
        store.take(draft, job);
        held.put(job.id(), serving);
        byId.put(job.id(), job);
        return job;
    }

    /// Makes a change durable, unless the job is over.
    ///
    /// @return whether it was made
    synchronized boolean keep(Job next) {
        Job before = byId.get(next.id());
        if (before == null || before.state().isOver()) {
            return false;
        }
        try {
            store.keep(next);
        } catch (IOException e) {
            throw new UncheckedIOException("job %s cannot be kept".formatted(next.id()), e);
        }
        byId.put(next.id(), next);
        meters.moved(before, next);
        if (next.state().isOver()) {
            over(next);
        }
        return true;
    }

    /// Ends a job that is under way; what it has scored stays. One that is over is removed with its files.
    ///
    /// @return the job as it is now; empty when it is gone
    synchronized Optional<Job> remove(String id) {
        Job job = get(id);
        if (job.state().isOver()) {
            forget(job);
            return Optional.empty();
        }
        keep(job.ended(State.CANCELLED, null, clock.instant()));
        return Optional.of(get(id));
    }

    /// Removes jobs that were over before a time.
    ///
    /// @return how many
    synchronized long trim(Instant before) {
        List<Job> old = byId.values().stream()
                .filter(job -> job.endedAt() != null && job.endedAt().isBefore(before))
                .toList();
        old.forEach(this::forget);
        return old.size();
    }

    /// The version that scores a job. It need not be closed.
    ///
    /// @throws NotFound                                    when it is not loaded any more, or another model is
    /// @throws jakarta.ws.rs.ServiceUnavailableException when nothing is loaded yet
    Serving scorer(Job job) {
        return held.computeIfAbsent(job.id(), _ -> entered(job));
    }

    private Serving entered(Job job) {
        Serving serving =
                endpoints.get(job.endpoint()).enter(String.valueOf(job.version().version()));
        if (!serving.slot().model().equals(job.version().model())) {
            String other = serving.slot().model();
            serving.close();
            throw new NotFound("endpoint '%s' has model '%s' now, not '%s'"
                    .formatted(job.endpoint(), other, job.version().model()));
        }
        return serving;
    }

    private void over(Job job) {
        Serving serving = held.remove(job.id());
        if (serving != null) {
            serving.close();
        }
        try {
            store.discardInput(job);
        } catch (IOException e) {
            Log.warnf(e, "The input of job %s stays as long as the job", job.id());
        }
    }

    private void forget(Job job) {
        try {
            store.remove(job);
            byId.remove(job.id());
        } catch (IOException e) {
            throw new UncheckedIOException("job %s cannot be removed".formatted(job.id()), e);
        }
    }

    /// Later ones are greater.
    private String newId() {
        return Long.toString(clock.millis(), BASE)
                + Integer.toString(RANDOM + ThreadLocalRandom.current().nextInt(RANDOM), BASE);
    }

    /// What a sender wants of a job.
    ///
    /// @param key what makes the same request the same job, or null
    record Request(Job.Form output, boolean log, String key) {

        /// @throws Conflict when the key was used for something else
        private Job same(Job before, Source source) {
            if (before.output() == output
                    && before.log() == log
                    && before.source().equals(source)) {
                return before;
            }
            throw new Conflict("Idempotency-Key '%s' was used for job %s, which is of other rows or another form: %s"
                    .formatted(key, before.id(), Json.text(before.source())));
        }
    }
}
