package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;

/// data-ingest-service.
public final class Ingest {

    /// @param state publishing, published or failed
    public record Batch(String id, String dataset, String state, long rows, long publishedRows, String error) {}

    private final Client client;

    Ingest(Client client) {
        this.client = client;
    }

    /// Streams a CSV file into a dataset.
    ///
    /// @param key the same key and file again is the same batch
    public Batch send(String dataset, Path csv, String key) {
        try {
            return client.send(
                    "POST",
                    "/v1/datasets/%s/batches".formatted(dataset),
                    "text/csv",
                    BodyPublishers.ofFile(csv),
                    Batch.class,
                    List.of("Idempotency-Key", key));
        } catch (FileNotFoundException e) {
            throw new Failure("there is no file " + csv, e);
        }
    }

    public Batch batch(String id) {
        return client.get("/v1/batches/" + id, Batch.class);
    }
}
