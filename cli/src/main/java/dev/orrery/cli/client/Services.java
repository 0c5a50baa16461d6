package dev.orrery.cli.client;

import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;

/// The six services of a running platform.
public record Services(
        Ingest ingest,
        Validation validation,
        Registry registry,
        Training training,
        Inference inference,
        Monitoring monitoring) {

    public static Services of(Platform platform) {
        return new Services(
                new Ingest(client(platform, Part.INGEST)),
                new Validation(client(platform, Part.VALIDATION)),
                new Registry(client(platform, Part.REGISTRY)),
                new Training(client(platform, Part.TRAINING)),
                new Inference(client(platform, Part.INFERENCE)),
                new Monitoring(client(platform, Part.MONITORING)));
    }

    private static Client client(Platform platform, Part part) {
        return new Client(part.title(), platform.url(part));
    }
}
