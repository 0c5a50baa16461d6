package dev.orrery.inference.protocol;

import dev.orrery.inference.StrictJson;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.kit.problem.Conflict;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Triton's model repository extension. Which models are loaded is what the registry has deployed: asking for one that
/// is deployed succeeds once it is loaded, and nobody unloads one here.
@Path("/v2/repository")
@NonBlocking
class RepositoryResource {

    static final String EXTENSION = "model_repository";

    /// @param state  `READY` or `UNAVAILABLE`
    /// @param reason why it is unavailable; empty where it is ready
    record IndexEntry(String name, String version, String state, String reason) {}

    /// @param ready whether only models that are ready are wanted
    record IndexRequest(boolean ready) {}

    record Loaded(String name, List<String> versions) {}

    private final Endpoints endpoints;

    RepositoryResource(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @POST
    @Path("/index")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "repositoryIndex", summary = "Which models there are, and whether they are ready")
    @APIResponse(responseCode = "200", description = "A line for each version that is loaded or wanted")
    public List<IndexEntry> index(byte[] body) {
        boolean onlyReady = body.length > 0
                && StrictJson.read(body, IndexRequest.class) instanceof IndexRequest request
                && request.ready();
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

    @POST
    @Path("/models/{model}/load")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "loadModel", summary = "Ask whether a deployed model is loaded, without waiting for it")
    @APIResponse(responseCode = "200", description = "It is")
    @APIResponse(responseCode = "404", description = "Nothing is deployed under that name")
    @APIResponse(responseCode = "409", description = "It is not loaded yet, and why; it is tried again by itself")
    public Loaded load(String model, byte[] body) {
        Endpoint endpoint = endpoints.get(model);
        if (!endpoint.ready()) {
            throw new Conflict(
                    "Model '%s' is not loaded yet: %s. It is tried again by itself.".formatted(model, why(endpoint)));
        }
        return new Loaded(
                model, endpoint.versions().stream().map(String::valueOf).toList());
    }

    @POST
    @Path("/models/{model}/unload")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "unloadModel", summary = "Refused: what is deployed stays loaded")
    @APIResponse(responseCode = "404", description = "Nothing is deployed under that name")
    @APIResponse(responseCode = "409", description = "It is deployed; withdraw the deployment instead")
    public Map<String, String> unload(String model, byte[] body) {
        endpoints.get(model);
        throw new Conflict(("Model '%s' is deployed and stays loaded on every instance. Withdraw its deployment at the"
                        + " registry instead: DELETE /v1/deployments/%s")
                .formatted(model, model));
    }

    private static String why(Endpoint endpoint) {
        return endpoint.why().orElse("its model is being loaded");
    }
}
