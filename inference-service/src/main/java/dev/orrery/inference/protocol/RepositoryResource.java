package dev.orrery.inference.protocol;

import dev.orrery.inference.StrictJson;
import dev.orrery.inference.protocol.ModelRepository.IndexEntry;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Triton's model repository extension over HTTP.
@Path("/v2/repository")
@NonBlocking
class RepositoryResource {

    /// @param ready whether only models that are ready are wanted
    record IndexRequest(boolean ready) {}

    record Loaded(String name, List<String> versions) {}

    private final ModelRepository repository;

    RepositoryResource(ModelRepository repository) {
        this.repository = repository;
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
        return repository.index(onlyReady);
    }

    @POST
    @Path("/models/{model}/load")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "loadModel", summary = "Ask whether a deployed model is loaded, without waiting for it")
    @APIResponse(responseCode = "200", description = "It is")
    @APIResponse(responseCode = "404", description = "Nothing is deployed under that name")
    @APIResponse(responseCode = "409", description = "It is not loaded yet, and why; it is tried again by itself")
    public Loaded load(String model, byte[] body) {
        return new Loaded(model, repository.load(model));
    }

    @POST
    @Path("/models/{model}/unload")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "unloadModel", summary = "Refused: what is deployed stays loaded")
    @APIResponse(responseCode = "404", description = "Nothing is deployed under that name")
    @APIResponse(responseCode = "409", description = "It is deployed; withdraw the deployment instead")
    public Map<String, String> unload(String model, byte[] body) {
        throw repository.unload(model);
    }
}
