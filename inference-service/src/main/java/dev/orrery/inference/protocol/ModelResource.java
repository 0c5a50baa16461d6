package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.RequestThreads;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// The Open Inference Protocol v2, about one model. A model's name is its endpoint's, and of its versions only the one
/// that is deployed is there.
@Path("/v2/models/{model}")
@NonBlocking
class ModelResource {

    record Ready(String name, boolean ready, String error) {}

    private final Endpoints endpoints;
    private final Predictions predictions;
    private final Tensors tensors;
    private final RequestThreads threads;

    ModelResource(Endpoints endpoints, Predictions predictions, Tensors tensors, RequestThreads threads) {
        this.endpoints = endpoints;
        this.predictions = predictions;
        this.tensors = tensors;
        this.threads = threads;
    }

    @GET
    public ModelMetadata metadata(String model) {
        return metadata(model, null);
    }

    @GET
    @Path("/versions/{version}")
    public ModelMetadata metadata(String model, String version) {
        try (Serving serving = endpoints.get(model).enter()) {
            ModelMetadata.requireVersion(serving, version);
            return ModelMetadata.of(serving);
        }
    }

    @GET
    @Path("/ready")
    public RestResponse<Ready> ready(String model) {
        return ready(model, null);
    }

    /// The protocol wants a status of 4xx for 'not ready'; clients go by that alone.
    @GET
    @Path("/versions/{version}/ready")
    public RestResponse<Ready> ready(String model, String version) {
        Endpoint endpoint = endpoints.get(model);
        if (!endpoint.ready()) {
            String why = endpoint.why().orElse("its model is being loaded");
            return RestResponse.status(Status.BAD_REQUEST, new Ready(model, false, why));
        }
        try (Serving serving = endpoint.enter()) {
            ModelMetadata.requireVersion(serving, version);
            return RestResponse.ok(new Ready(model, true, null));
        }
    }

    @POST
    @Path("/infer")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InferenceRequest.class)))
    public Uni<InferenceResponse> infer(String model, byte[] body) {
        return infer(model, null, body);
    }

    @POST
    @Path("/versions/{version}/infer")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InferenceRequest.class)))
    public Uni<InferenceResponse> infer(String model, String version, byte[] body) {
        InferenceCall call = new InferenceCall(tensors, version, body);
        return threads.answer(body, () -> call.response(predictions.ask(model, call)));
    }
}
