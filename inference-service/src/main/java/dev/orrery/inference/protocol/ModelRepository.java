package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.NotFound;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Triton's model repository extension, whatever carries it. Which models are loaded is what the registry has
/// deployed: asking for one that is deployed succeeds once it is loaded, and nobody unloads one here.
@Singleton
public class ModelRepository {

    /// How others know it.
    public static final String EXTENSION = "model_repository";

    /// @param state  `READY` or `UNAVAILABLE`
    /// @param reason why it is unavailable; empty where it is ready
    public record IndexEntry(String name, String version, String state, String reason) {}

    private final Endpoints endpoints;

    ModelRepository(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /// A line for each version that is loaded or wanted.
    ///
    /// @param onlyReady whether only models that are ready are wanted
    public List<IndexEntry> index(boolean onlyReady) {
        List<IndexEntry> index = new ArrayList<>();
        for (Endpoint endpoint : endpoints.after("")) {
            for (int version : endpoint.versions()) {
                index.add(new IndexEntry(endpoint.name(), String.valueOf(version), "READY", ""));
            }
            if (!endpoint.ready() && !onlyReady) {
                index.add(new IndexEntry(endpoint.name(), "", "UNAVAILABLE", why(endpoint)));
            }
        }
        return index;
    }

    /// The versions of a model that are loaded.
    ///
    /// @throws NotFound when nothing is deployed under that name
    /// @throws Conflict when none is loaded yet, with the reason
    public List<String> load(String model) {
        Endpoint endpoint = endpoints.get(model);
        if (!endpoint.ready()) {
            throw new Conflict(
                    "Model '%s' is not loaded yet: %s. It is tried again by itself.".formatted(model, why(endpoint)));
        }
        return endpoint.versions().stream().map(String::valueOf).toList();
    }

    /// Why a model is not unloaded.
    ///
    /// @throws NotFound when nothing is deployed under that name
    public Conflict unload(String model) {
        endpoints.get(model);
        return new Conflict(("Model '%s' is deployed and stays loaded on every instance. Withdraw its deployment at the"
                        + " registry instead: DELETE /v1/deployments/%s")
                .formatted(model, model));
    }

    private static String why(Endpoint endpoint) {
        return endpoint.why().orElse("its model is being loaded");
    }
}
