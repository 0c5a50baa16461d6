package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.DeploymentsReady;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Predictions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.Readiness;

/// The Open Inference Protocol, whatever carries it.
@Singleton
public class OpenInference {

    private final Endpoints endpoints;
    private final Predictions predictions;
    private final Tensors tensors;
    private final DeploymentsReady deployments;
    private final ServerResource server;

    OpenInference(
            Endpoints endpoints,
            Predictions predictions,
            Tensors tensors,
            @Readiness DeploymentsReady deployments,
            ServerResource server) {
        this.endpoints = endpoints;
        this.predictions = predictions;
        this.tensors = tensors;
        this.deployments = deployments;
        this.server = server;
    }

    /// Who answers, and which extensions it has over HTTP.
    public ServerMetadata server() {
        return server.metadata();
    }

    /// Whether the server does all that it can do.
    public boolean isReady() {
        return deployments.isReady();
    }

    /// Whether a model, or the version of it that is named, answers.
    ///
    /// @param version null for the champion
    /// @throws dev.orrery.kit.problem.NotFound when there is no such model, or that version is not loaded
    public boolean isReady(String model, String version) {
        Endpoint endpoint = endpoints.get(model);
        try (Serving _ = endpoint.enter(version)) {
            return true;
        } catch (ServiceUnavailableException _) {
            return false;
        }
    }

    /// What a model takes and returns.
    ///
    /// @param version null for the champion
    /// @throws dev.orrery.kit.problem.NotFound when there is no such model, or that version is not loaded
    /// @throws ServiceUnavailableException     when none is loaded yet
    public ModelMetadata metadata(String model, String version) {
        Endpoint endpoint = endpoints.get(model);
        try (Serving serving = endpoint.enter(version)) {
            return ModelMetadata.of(serving, endpoint.versions());
        }
    }

    /// Predicts.
    ///
    /// @param version null for the version that answers such a request
    /// @param request gives the request; asked again where a version takes other columns than the champion
    public InferenceResponse infer(String model, String version, Supplier<InferenceRequest> request) {
        InferenceCall call = new InferenceCall(tensors, request);
        return call.response(predictions.ask(model, version, call));
    }
}
