package dev.orrery.cli.client;

import dev.orrery.contracts.usecase.UseCase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// model-registry-service.
public final class Registry {

    public record Revision(String name, int revision, UseCase useCase) {}

    public record Promotion(String endpoint, long revision, String model, int version) {}

    private final Client client;

    Registry(Client client) {
        this.client = client;
    }

    /// Puts a use-case file, as it was written.
    public Revision put(String name, String yaml) {
        return client.send(
                "PUT",
                "/v1/use-cases/" + name,
                "application/yaml",
                BodyPublishers.ofString(yaml),
                Revision.class,
                List.of());
    }

    public Promotion promote(String model, int version, String by, String reason) {
        return client.post(
                "/v1/models/%s/versions/%d/promotion".formatted(model, version),
                Map.of("by", by, "reason", reason),
                Promotion.class);
    }
}
