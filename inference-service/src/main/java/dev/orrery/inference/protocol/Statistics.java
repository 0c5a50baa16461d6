package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Meters;
import dev.orrery.inference.protocol.ModelStatistics.OfVersion;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.stream.Stream;

/// Triton's statistics extension: what was counted of the versions that are loaded.
@Singleton
public class Statistics {

    /// How others know it.
    public static final String EXTENSION = "statistics";

    private final Endpoints endpoints;
    private final Meters meters;

    Statistics(Endpoints endpoints, Meters meters) {
        this.endpoints = endpoints;
        this.meters = meters;
    }

    /// Of all models.
    public ModelStatistics all() {
        return new ModelStatistics(
                endpoints.after("").stream().flatMap(this::versions).toList());
    }

    /// Of one model.
    ///
    /// @param version null for all that are loaded
    /// @throws dev.orrery.kit.problem.NotFound when there is no such model, or that version is not loaded
    /// @throws ServiceUnavailableException     when a version is named and none is loaded yet
    public ModelStatistics of(String model, String version) {
        Endpoint endpoint = endpoints.get(model);
        if (version == null) {
            return new ModelStatistics(versions(endpoint).toList());
        }
        try (Serving serving = endpoint.enter(version)) {
            return new ModelStatistics(
                    Stream.of(of(model, serving.slot().model(), serving.slot().version()))
                            .toList());
        }
    }

    private Stream<OfVersion> versions(Endpoint endpoint) {
        return endpoint.slots().stream()
                .map(slot -> of(endpoint.name(), slot.model(), slot.version()))
                .distinct();
    }

    private OfVersion of(String endpoint, String model, int version) {
        return ModelStatistics.of(endpoint, version, meters.tally(endpoint, model, version));
    }
}
