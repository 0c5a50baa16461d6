package dev.orrery.inference.job;

import dev.orrery.contracts.Json;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.kit.problem.Invalid;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Makes requests jobs: what is sent is on the disk and known to be scorable before anything is promised.
@Singleton
class Intake {

    private static final int UPLOADS_AT_ONCE = 4;
    private static final int LARGEST_ORDER = 64 << 10;
    private static final int LONGEST_KEY = 255;

    /// The body of a request for a dataset version.
    ///
    /// @param version null for the newest
    @Schema(name = "ScoringOrder")
    record Order(String dataset, Integer version) {}

    /// What was said beside the body; null where it was not.
    ///
    /// @param version of the model; null for the one that answers requests
    record Said(String contentType, Long length, String version, Job.Form output, boolean log, String key) {}

    private final Jobs jobs;
    private final JobStore store;
    private final JobLimits limits;
    private final Sources sources;
    private final DatasetVersions datasets;
    private final Endpoints endpoints;
    private final JobWorker worker;
    private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);

    Intake(
            Jobs jobs,
            JobStore store,
            JobLimits limits,
            Sources sources,
            DatasetVersions datasets,
            Endpoints endpoints,
            JobWorker worker) {
        this.jobs = jobs;
        this.store = store;
        this.limits = limits;
        this.sources = sources;
        this.datasets = datasets;
        this.endpoints = endpoints;
        this.worker = worker;
    }

    /// The job that a request became, or had become before.
    Job take(String endpoint, InputStream body, Said said) throws IOException {
        endpoints.get(endpoint);
        requireUsable(said.key());
        if (said.length() != null) {
            limits.requireAllowed(said.length());
        }
        limits.requireRoom(store, jobs.unfinished().size());
        if (!uploads.tryAcquire()) {
            throw new ServiceUnavailableException(
                    "%d uploads are being received; try again soon.".formatted(UPLOADS_AT_ONCE), 5L);
        }
        Path draft = store.draft();
        try {
            Source source = source(body, said, draft);
            Job job = promise(endpoint, source, said, draft);
            worker.nudge();
            return job;
        } catch (IOException | RuntimeException e) {
            store.giveUp(draft);
            throw e;
        } finally {
            uploads.release();
        }
    }

    private Job promise(String endpoint, Source source, Said said, Path draft) throws IOException {
        Serving serving = endpoints.get(endpoint).enter(said.version());
        try {
            Source counted = sources.counted(source, JobStore.input(draft), serving.card());
            return jobs.take(draft, new Jobs.Request(said.output(), said.log(), said.key()), counted, serving);
        } catch (IOException | RuntimeException e) {
            serving.close();
            throw e;
        }
    }

    private Source source(InputStream body, Said said, Path draft) throws IOException {
        return switch (kind(said.contentType())) {
            case MediaType.APPLICATION_JSON -> ordered(body);
            case SubmissionResource.CSV -> {
                Upload upload = upload(body, said, draft);
                yield new Source.Csv(0, upload.bytes(), upload.digest());
            }
            case SubmissionResource.PARQUET -> {
                Upload upload = upload(body, said, draft);
                yield new Source.Parquet(0, upload.bytes(), upload.digest());
            }
            default ->
                throw new ClientErrorException(
                        "A job takes %s, %s, or %s that names a dataset; not '%s'."
                                .formatted(
                                        SubmissionResource.CSV,
                                        SubmissionResource.PARQUET,
                                        MediaType.APPLICATION_JSON,
                                        said.contentType()),
                        Status.UNSUPPORTED_MEDIA_TYPE);
        };
    }

    private Upload upload(InputStream body, Said said, Path draft) throws IOException {
        Upload upload = Upload.receive(body, JobStore.input(draft), limits);
        if (said.length() != null && said.length() != upload.bytes()) {
            throw new Invalid("%d bytes arrived of %d; send the file again.".formatted(upload.bytes(), said.length()));
        }
        return upload;
    }

    private Source ordered(InputStream body) throws IOException {
        Order order = Json.MAPPER.readValue(body.readNBytes(LARGEST_ORDER), Order.class);
        if (order == null || order.dataset() == null) {
            throw new Invalid(
                    "The body needs a dataset: {\"dataset\": \"NAME\", \"version\": 3}; without a version, the"
                            + " newest is scored.");
        }
        return datasets.find(order.dataset(), order.version());
    }

    private static String kind(String contentType) {
        return contentType == null ? "" : contentType.replaceFirst(";.*", "").strip();
    }

    private static void requireUsable(String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new Invalid("Idempotency-Key must have 1 to %d characters.".formatted(LONGEST_KEY));
        }
    }
}
