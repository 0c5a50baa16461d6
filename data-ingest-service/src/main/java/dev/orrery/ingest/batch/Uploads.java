package dev.orrery.ingest.batch;

import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.dataset.Datasets;
import dev.orrery.ingest.landing.Landing;
import dev.orrery.ingest.landing.Upload;
import dev.orrery.ingest.source.FileFormat;
import dev.orrery.kit.http.ContentDigest;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.Invalid;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Takes files in: land, scan, and only then promise to publish.
@ApplicationScoped
class Uploads {

    private static final int LONGEST_KEY = 255;

    /// What the sender says about a file besides its content; what was not said is null.
    ///
    /// @param length bytes
    record Said(String contentType, Long length, String contentDigest, String idempotencyKey) {}

    private final Datasets datasets;
    private final Landing landing;
    private final Batches batches;
    private final PublishingQueue queue;
    private final IngestMetrics metrics;

    Uploads(Datasets datasets, Landing landing, Batches batches, PublishingQueue queue, IngestMetrics metrics) {
        this.datasets = datasets;
        this.landing = landing;
        this.batches = batches;
        this.queue = queue;
        this.metrics = metrics;
    }

    /// The batch that the file became.
    Batch take(String name, InputStream body, Said said) throws IOException {
        Dataset dataset = datasets.newest(name);
        try {
            Batch batch = take(dataset, body, said);
            queue.wake();
            return batch;
        } catch (Invalid | Conflict | WebApplicationException e) {
            metrics.batchRefused(dataset.name());
            throw e;
        }
    }

    private Batch take(Dataset dataset, InputStream body, Said said) throws IOException {
        FileFormat format = FileFormat.of(said.contentType());
        Optional<String> expected = ContentDigest.sha256(said.contentDigest());
        requireUsable(said.idempotencyKey());
        if (said.length() != null) {
            landing.requireAllowed(said.length());
        }
        try (Upload upload = landing.receive(body)) {
            requireWhole(upload, said.length(), expected);
            Optional<Batch> before = batches.sentBefore(dataset.name(), upload.digest(), said.idempotencyKey());
            if (before.isPresent()) {
                return before.get();
            }
            long rows = format.rows(upload.file(), dataset);
            return batches.accept(dataset, upload, format, rows, said.idempotencyKey());
        }
    }

    private static void requireUsable(String idempotencyKey) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw new Invalid("Idempotency-Key must have 1 to %d characters.".formatted(LONGEST_KEY));
        }
    }

    private static void requireWhole(Upload upload, Long length, Optional<String> expected) {
        if (length != null && length != upload.bytes()) {
            throw new Invalid("%d bytes arrived of %d; send the file again.".formatted(upload.bytes(), length));
        }
        if (expected.isPresent() && !expected.get().equals(upload.digest())) {
            throw new Invalid("The content does not match its Content-Digest; its SHA-256 is %s. Send the file again."
                    .formatted(upload.digest()));
        }
    }
}
