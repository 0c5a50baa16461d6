package dev.orrery.training.job;

import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.Loops;
import dev.orrery.kit.problem.Failure;
import dev.orrery.training.TrainingConfig;
import dev.orrery.training.registration.RegistryUnavailable;
import dev.orrery.training.usecase.UseCaseConsumer;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;

/// The one thread that trains, one job after the other.
///
/// What becomes of a job that goes wrong: a registry that is away makes it wait; what it cannot be trained with ends
/// it; an [Error] is noted in the job and then ends the process, because nobody knows what is left of it. A job has
/// three attempts to do that.
@ApplicationScoped
class TrainingLoop {

    private final Loops loops;
    private final Leases leases;
    private final Pipeline pipeline;
    private final WorkFolders folders;
    private final Heartbeat heartbeat;
    private final Outcomes outcomes;
    private final UseCaseConsumer useCases;
    private final TrainingConfig.Own config;
    private final String worker = UUID.randomUUID().toString();
    private volatile BackgroundLoop loop;

    TrainingLoop(
            Loops loops,
            Leases leases,
            Pipeline pipeline,
            WorkFolders folders,
            Heartbeat heartbeat,
            Outcomes outcomes,
            UseCaseConsumer useCases,
            TrainingConfig config) {
        this.loops = loops;
        this.leases = leases;
        this.pipeline = pipeline;
        this.folders = folders;
        this.heartbeat = heartbeat;
        this.outcomes = outcomes;
        this.useCases = useCases;
        this.config = config.training();
    }

    void start(@Observes StartupEvent event) {
        folders.clear();
        begin();
    }

    void begin() {
        loop = loops.start("training", config.poll(), this::next);
    }

    /// Tells the loop that there is a job, so that it need not be found by looking.
    void nudge() {
        if (loop != null) {
            loop.nudge();
        }
    }

    /// Deals with one job.
    ///
    /// @return whether there may be another
    private boolean next() {
        // A job that names no revision would be pinned to one that may be out of date.
        boolean current = useCases.waitsFor().isEmpty();
        switch (leases.take(worker, current)) {
            case Found.Nothing _ -> {
                return false;
            }
            case Found.Waiting _ -> {}
            case Found.Refused refused -> outcomes.failed(refused.recipe());
            case Found.GivenUp givenUp -> end(givenUp.lease(), givenUp.why());
            case Found.Work found -> train(found.lease());
        }
        return true;
    }

    private void train(Lease lease) {
        Log.infof("Training %s: %s of %s, attempt %d", lease.id(), lease.recipe(), lease.useCase(), lease.attempt());
        try (Heartbeat.Beats _ = heartbeat.keep(lease)) {
            Result result = outcomes.timed(lease.recipe(), () -> pipeline.run(lease, step -> advance(lease, step)));
            leases.succeed(lease, result);
            outcomes.succeeded(lease.recipe());
            Log.infof("Training %s made version %d", lease.id(), result.version());
        } catch (LeaseLost e) {
            Log.warn(e.getMessage());
        } catch (RegistryUnavailable e) {
            unlessLost(() -> wait(lease, e));
        } catch (Exception e) {
            unlessLost(() -> fail(lease, e));
        } catch (LinkageError e) {
            // No attempt will load a library that is not there; other recipes do without it.
            unlessLost(() -> fail(lease, NativeLibraries.explained(e)));
        } catch (Error e) {
            note(lease, e);
            throw e;
        }
    }

    private void advance(Lease lease, String step) {
        if (loop.isStopping()) {
            throw new Stopping();
        }
        leases.renew(lease, step);
    }

    private void wait(Lease lease, RegistryUnavailable e) {
        Log.warnf("Training %s waits: %s", lease.id(), e.getMessage());
        if (leases.waitForRegistry(lease, e.getMessage())) {
            end(lease, e.getMessage());
        }
    }

    private void fail(Lease lease, Exception e) {
        if (loop.isStopping()) {
            leases.giveBack(lease);
            return;
        }
        if (Failure.of(e) == Failure.NEIGHBOUR_AWAY) {
            // Not the job's fault. While the database is away this throws, too, and the lease ends by itself.
            Log.warnf("Training %s: %s", lease.id(), e.getMessage());
            retry(lease, "the database failed: " + e.getMessage());
            return;
        }
        Log.errorf(e, "Training %s failed", lease.id());
        String why = Reasons.of(e);
        leases.fail(lease, why);
        end(lease, why);
    }

    /// The job has failed for good.
    private void end(Lease lease, String why) {
        outcomes.failed(lease.recipe());
        pipeline.markFailed(lease, why);
    }

    /// Says in the job what is about to end the process, if so much is still possible. The attempt is counted already.
    private void note(Lease lease, Error error) {
        try {
            retry(lease, Reasons.of(error));
        } catch (RuntimeException | Error e) {
            Log.errorf(e, "Training %s: what ended it could not be noted", lease.id());
        }
    }

    private void retry(Lease lease, String why) {
        if (leases.retry(lease, why)) {
            end(lease, why);
        }
    }

    private void unlessLost(Runnable move) {
        try {
            move.run();
        } catch (LeaseLost e) {
            Log.warn(e.getMessage());
        }
    }

    /// Ends the work between two steps because the process stops.
    private static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopping() {
            super("the service stops");
        }
    }
}
