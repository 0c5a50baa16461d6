package dev.orrery.inference.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// How much is scored in the background.
final class JobMeters {

    private final Counter scored;
    private final Counter rejected;
    private final MeterRegistry registry;

    JobMeters(MeterRegistry registry, Jobs jobs) {
        this.registry = registry;
        scored = rows("scored");
        rejected = rows("rejected");
        Gauge.builder("orrery.jobs.unfinished", jobs, all -> all.unfinished().size())
                .description("Jobs that wait or run")
                .register(registry);
    }

    void moved(Job before, Job after) {
        scored.increment(after.progress().scored() - before.progress().scored());
        rejected.increment(after.progress().rejected() - before.progress().rejected());
        if (after.state().isOver()) {
            Counter.builder("orrery.jobs.ended")
                    .description("Jobs that are over, by how they ended")
                    .tag("state", after.state().name().toLowerCase(Locale.ROOT))
                    .register(registry)
                    .increment();
        }
    }

    private Counter rows(String outcome) {
        return Counter.builder("orrery.job.rows")
                .description("Rows that jobs have dealt with")
                .tag("outcome", outcome)
                .register(registry);
    }
}
