package dev.orrery.cli.client;

import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.net.URI;
import java.util.function.Function;

/// The six services of a platform, wherever it runs.
///
/// @param address where a service answers, without a slash at the end
public record Services(
        Function<Part, URI> address,
        Ingest ingest,
        Validation validation,
        Registry registry,
        Training training,
        Inference inference,
        Monitoring monitoring) {

    public static Services of(Platform platform) {
        return of(platform::url);
    }

    public static Services of(Function<Part, URI> address) {
        return new Services(
                address,
                new Ingest(client(address, Part.INGEST)),
                new Validation(client(address, Part.VALIDATION)),
                new Registry(client(address, Part.REGISTRY)),
                new Training(client(address, Part.TRAINING)),
                new Inference(client(address, Part.INFERENCE)),
                new Monitoring(client(address, Part.MONITORING)));
    }

    /// The whole address of something that a service shows.
    public String at(Part service, String path) {
        return address.apply(service) + path;
    }

    private static Client client(Function<Part, URI> address, Part part) {
        return new Client(part.title(), address.apply(part));
    }
}
