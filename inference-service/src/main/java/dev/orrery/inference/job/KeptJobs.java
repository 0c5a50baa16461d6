package dev.orrery.inference.job;

import dev.orrery.kit.retention.Kept;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Jobs that are over, with their output.
@Singleton
class KeptJobs implements Kept {

    private final Jobs jobs;
    private final Duration keep;

    KeptJobs(Jobs jobs, JobsConfig config) {
        this.jobs = jobs;
        keep = config.keep();
    }

    @Override
    public String what() {
        return "scoring-jobs";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        return jobs.trim(before);
    }
}
