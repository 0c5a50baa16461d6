package dev.orrery.inference.protocol;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Triton's extensions about models: their statistics and their configuration.
@Path("/v2/models")
@NonBlocking
class ModelExtensionsResource {

    private final Statistics statistics;
    private final OpenInference protocol;

    ModelExtensionsResource(Statistics statistics, OpenInference protocol) {
        this.statistics = statistics;
        this.protocol = protocol;
    }

    @GET
    @Path("/stats")
    @Operation(operationId = "statistics", summary = "What all versions that are loaded have done")
    public ModelStatistics statistics() {
        return statistics.all();
    }

    @GET
    @Path("/{model}/stats")
    @Operation(operationId = "modelStatistics", summary = "What the versions of a model have done")
    @APIResponse(responseCode = "200", description = "One entry for each version that is loaded")
    @APIResponse(responseCode = "404", description = "There is no such model")
    public ModelStatistics statistics(String model) {
        return statistics.of(model, null);
    }

    @GET
    @Path("/{model}/versions/{version}/stats")
    @Operation(operationId = "versionStatistics", summary = "What a version of a model has done")
    @APIResponse(responseCode = "200", description = "One entry")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    @APIResponse(responseCode = "503", description = "It is not loaded yet, and why")
    public ModelStatistics statistics(String model, String version) {
        return statistics.of(model, version);
    }

    @GET
    @Path("/{model}/config")
    @Operation(operationId = "modelConfig", summary = "A model's configuration, in Triton's words")
    @APIResponse(responseCode = "200", description = "Its inputs and outputs, and the most rows of a request")
    @APIResponse(responseCode = "404", description = "There is no such model")
    @APIResponse(responseCode = "503", description = "It is not loaded yet, and why")
    public ModelConfig config(String model) {
        return protocol.config(model, null);
    }

    @GET
    @Path("/{model}/versions/{version}/config")
    @Operation(operationId = "versionConfig", summary = "The configuration of a version of a model, in Triton's words")
    @APIResponse(responseCode = "200", description = "Its inputs and outputs, and the most rows of a request")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    @APIResponse(responseCode = "503", description = "It is not loaded yet, and why")
    public ModelConfig config(String model, String version) {
        return protocol.config(model, version);
    }
}
