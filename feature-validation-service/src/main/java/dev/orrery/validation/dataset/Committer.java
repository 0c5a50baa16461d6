package dev.orrery.validation.dataset;

import dev.orrery.validation.Worker;
import dev.orrery.validation.batch.Batches;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Decides batches as soon as they are complete. Whoever records an end or a rejected row nudges it.
@Singleton
public class Committer {

    private final Batches batches;
    private final DatasetVersions versions;
    private final DatasetMetrics metrics;
    private Worker worker;

    Committer(Batches batches, DatasetVersions versions, DatasetMetrics metrics) {
        this.batches = batches;
        this.versions = versions;
        this.metrics = metrics;
    }

    /// There may be a batch to decide.
    public void nudge() {
        worker.nudge();
    }

    void start() {
        metrics.refresh();
        worker = new Worker("committer", this::decideAll);
        worker.start();
    }

    void stop() {
        worker.close();
    }

    void onStart(@Observes StartupEvent event) {
        start();
    }

    void onStop(@Observes ShutdownEvent event) {
        stop();
    }

    private boolean decideAll() {
        boolean any = false;
        for (String batch : batches.complete()) {
            try {
                any |= versions.decide(batch);
            } catch (RuntimeException e) {
                // The batches behind it need not wait for what is wrong with this one.
                Log.errorf(e, "Batch %s could not be decided and will be tried again", batch);
            }
        }
        if (any) {
            metrics.refresh();
        }
        return any;
    }
}
