package dev.orrery.inference.job;

import dev.orrery.kit.problem.Invalid;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;

/// What jobs may take of the disk and of the processors.
@Singleton
class JobLimits {

    private static final int INSUFFICIENT_STORAGE = 507;

    private final JobsConfig config;

    JobLimits(JobsConfig config) {
        this.config = config;
    }

    int partRows() {
        return config.partRows();
    }

    int rowsAtOnce() {
        return config.rowsAtOnce();
    }

    /// Of the time in which a job works, in percent.
    int share() {
        return Math.clamp(config.share(), 1, 100);
    }

    /// @param bytes of an upload, so far or as announced
    /// @throws ClientErrorException 413 when that is more than one may have
    void requireAllowed(long bytes) {
        long most = config.maxUpload().asLongValue();
        if (bytes > most) {
            throw new ClientErrorException(
                    "The file is larger than %d bytes, the most that orrery.jobs.max-upload allows; send it in parts."
                            .formatted(most),
                    Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /// Before a job is taken.
    ///
    /// @param waiting how many are not over
    /// @throws WebApplicationException 429 when they are too many, 507 when the jobs' share of the disk is full
    void requireRoom(JobStore store, int waiting) throws IOException {
        if (waiting >= config.mostWaiting()) {
            throw new ClientErrorException(
                    "%d jobs wait or run, and orrery.jobs.most-waiting allows no more; try again when one is over."
                            .formatted(waiting),
                    Status.TOO_MANY_REQUESTS);
        }
        if (isFull(store)) {
            throw new WebApplicationException(full(), INSUFFICIENT_STORAGE);
        }
    }

    /// Before a part is written.
    ///
    /// @throws Invalid when the jobs' share of the disk is full
    void requireRoom(JobStore store) throws IOException {
        if (isFull(store)) {
            throw new Invalid(full());
        }
    }

    private boolean isFull(JobStore store) throws IOException {
        return store.bytes() >= config.disk().asLongValue();
    }

    private String full() {
        return "Jobs take all the %d bytes of disk that orrery.jobs.disk gives them; remove some that are over with DELETE"
                        .formatted(config.disk().asLongValue())
                + " /v1/jobs/ID.";
    }
}
