package dev.orrery.inference.job;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.job.Job.State;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.Loops;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/// Does one job after the other, in a thread of its own.
@ApplicationScoped
class JobWorker {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final JobStore store;
    private final Sources sources;
    private final JobLimits limits;
    private final Predictions predictions;
    private final Clock clock;
    private BackgroundLoop loop;

    JobWorker(Jobs jobs, JobStore store, Sources sources, JobLimits limits, Predictions predictions, Clock clock) {
        this.jobs = jobs;
        this.store = store;
        this.sources = sources;
        this.limits = limits;
        this.predictions = predictions;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loop = loops.start("scoring-jobs", PAUSE, this::work);
    }

    /// There is a job.
    void nudge() {
        loop.nudge();
    }

    /// Does the oldest job that can be done now.
    ///
    /// @return whether there was one
    private boolean work() {
        for (Job job : jobs.unfinished()) {
            try {
                attempt(job, jobs.scorer(job));
                return true;
            } catch (NotFound e) {
                end(job, State.FAILED, "it cannot go on with the version that began it: " + e.getMessage());
                return true;
            } catch (ServiceUnavailableException _) {
                Log.debugf("Job %s waits for its model to be loaded", job.id());
            }
        }
        return false;
    }

    private void attempt(Job job, Serving serving) {
        if (job.attempts() >= MOST_ATTEMPTS) {
            end(
                    job,
                    State.FAILED,
                    "it ended the service's process %d times at row %d and is not tried again"
                            .formatted(MOST_ATTEMPTS, job.progress().rows() + 1));
            return;
        }
        Job begun = job.begun(clock.instant());
        if (!jobs.keep(begun)) {
            return;
        }
        try (SourceRows source = sources.open(job.source(), store.input(job), serving.card())) {
            JobRun run = new JobRun(begun, store, predictions, limits, serving, source, () -> isStopped(job));
            if (run.run(jobs::keep)) {
                finish(jobs.get(job.id()));
            } else {
                pause(begun);
            }
        } catch (Invalid e) {
            end(begun, State.FAILED, e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            Log.errorf(e, "Job %s has failed", job.id());
            end(begun, State.FAILED, "a file could not be read or written; the service's log says which");
        } catch (RuntimeException e) {
            Log.errorf(e, "Job %s has failed", job.id());
            end(begun, State.FAILED, "the service failed; its log says why");
        }
    }

    private boolean isStopped(Job job) {
        return loop.isStopping() || jobs.isOver(job.id());
    }

    /// Where the service stops, the job is as if it had not been begun again: nobody was ended by it.
    private void pause(Job job) {
        jobs.find(job.id()).ifPresent(now -> jobs.keep(now.gotOn(now.progress())));
    }

    private void finish(Job job) throws IOException {
        if (job.output() == Job.Form.PARQUET) {
            ParquetOutput.write(job, store);
        }
        end(job, State.DONE, null);
        if (job.output() == Job.Form.PARQUET) {
            store.discardOutputParts(job);
        }
    }

    /// As far as it is now, which may be farther than when the attempt began.
    private void end(Job job, State how, String why) {
        jobs.find(job.id()).ifPresent(now -> jobs.keep(now.ended(how, why, clock.instant())));
    }
}
