package dev.orrery.training.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/// What trainings came to, as metrics. The label `recipe` is one of the recipes that there are, or `unknown`.
@ApplicationScoped
class Outcomes {

    private final MeterRegistry meters;

    Outcomes(MeterRegistry meters) {
        this.meters = meters;
    }

    void succeeded(String recipe) {
        count(recipe, "succeeded");
    }

    void failed(String recipe) {
        count(recipe, "failed");
    }

    /// Does the work and notes how long it took, unless it fails.
    <T> T timed(String recipe, Callable<T> work) throws Exception {
        Timer.Sample sample = Timer.start(meters);
        T result = work.call();
        sample.stop(Timer.builder("orrery.training")
                .description("How long a successful training took, from its data to its version")
                .tag("recipe", recipe)
                .register(meters));
        return result;
    }

    private void count(String recipe, String outcome) {
        Counter.builder("orrery.trainings")
                .description("Trainings that have ended, by what they came to")
                .tag("recipe", recipe)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
