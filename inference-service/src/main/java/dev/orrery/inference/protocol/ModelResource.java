package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// The Open Inference Protocol v2, about one model. A model's name is its endpoint's, and of its versions those
/// that are deployed are there, whatever their role.
@Path("/v2/models")
@NonBlocking
class ModelResource {

    record ModelReady(String name, boolean ready, String error) {}

    private final Endpoints endpoints;
    private final InferenceOverHttp inference;

    ModelResource(Endpoints endpoints, InferenceOverHttp inference) {
        this.endpoints = endpoints;
        this.inference = inference;
    }

    @GET
    @Path("/{model}")
    @Operation(operationId = "modelMetadata", summary = "What a model takes and returns")
    @APIResponse(responseCode = "200", description = "Its inputs and outputs")
    @APIResponse(responseCode = "404", description = "There is no such model")
    @APIResponse(responseCode = "503", description = "It is not loaded yet, and why")
    public ModelMetadata metadata(String model) {
        return metadata(model, null);
    }

    @GET
    @Path("/{model}/versions/{version}")
    @Operation(operationId = "versionMetadata", summary = "What a version of a model takes and returns")
    @APIResponse(responseCode = "200", description = "Its inputs and outputs")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    @APIResponse(responseCode = "503", description = "It is not loaded yet, and why")
    public ModelMetadata metadata(String model, String version) {
        Endpoint endpoint = endpoints.get(model);
        try (Serving serving = endpoint.enter(version)) {
            return ModelMetadata.of(serving, endpoint.versions());
        }
    }

    @GET
    @Path("/{model}/ready")
    @Operation(operationId = "modelReady", summary = "Whether a model answers")
    @APIResponse(responseCode = "200", description = "It does")
    @APIResponse(responseCode = "400", description = "Not yet, or not at all, and why")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    public RestResponse<ModelReady> ready(String model) {
        return ready(model, null);
    }

    /// The protocol wants a status of 4xx for 'not ready'; clients go by that alone.
    @GET
    @Path("/{model}/versions/{version}/ready")
    @Operation(operationId = "versionReady", summary = "Whether a version of a model answers")
    @APIResponse(responseCode = "200", description = "It does")
    @APIResponse(responseCode = "400", description = "Not yet, or not at all, and why")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    public RestResponse<ModelReady> ready(String model, String version) {
        Endpoint endpoint = endpoints.get(model);
        if (!endpoint.ready()) {
            String why = endpoint.why().orElse("its model is being loaded");
            return RestResponse.status(Status.BAD_REQUEST, new ModelReady(model, false, why));
        }
        try (Serving _ = endpoint.enter(version)) {
            return RestResponse.ok(new ModelReady(model, true, null));
        }
    }

    @POST
    @Path("/{model}/infer")
    @Operation(operationId = "infer", summary = "Predict with the version that answers such a request")
    @APIResponse(
            responseCode = "200",
            description = "The outputs, a row for each row of the inputs",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InferenceResponse.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with the request, by input and row")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    @APIResponse(responseCode = "413", description = "More rows or bytes than one request may have")
    @APIResponse(responseCode = "503", description = "No model is loaded, or too much is asked at once")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
    @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InferenceRequest.class)))
    public Uni<Response> infer(String model, @Context HttpHeaders headers, byte[] body) {
        return infer(model, null, headers, body);
    }

    @POST
    @Path("/{model}/versions/{version}/infer")
    @Operation(operationId = "inferWithVersion", summary = "Predict with a version, if it is deployed")
    @APIResponse(
            responseCode = "200",
            description = "The outputs, a row for each row of the inputs",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InferenceResponse.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with the request, by input and row")
    @APIResponse(responseCode = "404", description = "There is no such model, or that version is not loaded")
    @APIResponse(responseCode = "413", description = "More rows or bytes than one request may have")
    @APIResponse(responseCode = "503", description = "No model is loaded, or too much is asked at once")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
    @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InferenceRequest.class)))
    public Uni<Response> infer(String model, String version, @Context HttpHeaders headers, byte[] body) {
        return inference.answer(model, version, headers, body);
    }
}
