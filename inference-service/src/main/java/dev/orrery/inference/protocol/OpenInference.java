package dev.orrery.inference.protocol;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.endpoint.DeploymentsReady;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.explain.Explanations;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Meters;
import dev.orrery.inference.prediction.Predictions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.Readiness;

/// The Open Inference Protocol, whatever carries it.
@Singleton
public class OpenInference {

    private final Endpoints endpoints;
    private final Predictions predictions;
    private final Explanations explanations;
    private final Meters meters;
    private final Tensors tensors;
    private final DeploymentsReady deployments;
    private final ServerResource server;
    private final int maxRows;

    OpenInference(
            Endpoints endpoints,
            Predictions predictions,
            Explanations explanations,
            Meters meters,
            Tensors tensors,
            @Readiness DeploymentsReady deployments,
            ServerResource server,
            InferenceConfig config) {
        this.endpoints = endpoints;
        this.predictions = predictions;
        this.explanations = explanations;
        this.meters = meters;
        this.tensors = tensors;
        this.deployments = deployments;
        this.server = server;
        maxRows = config.maxRows();
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

    /// A model's configuration, in Triton's words.
    ///
    /// @param version null for the champion
    /// @throws dev.orrery.kit.problem.NotFound when there is no such model, or that version is not loaded
    /// @throws ServiceUnavailableException     when none is loaded yet
    public ModelConfig config(String model, String version) {
        return ModelConfig.of(metadata(model, version), maxRows);
    }

    /// Predicts.
    ///
    /// @param version null for the version that answers such a request
    /// @param request gives the request; asked again where a version takes other columns than the champion
    /// @param writer  makes of the answer what is sent
    public <T> T infer(
            String model, String version, Supplier<InferenceRequest> request, Function<InferenceResponse, T> writer) {
        InferenceCall call = new InferenceCall(tensors, request, false);
        return written(call, predictions.ask(model, version, call), writer);
    }

    /// Predicts, and says why where the request wants to know; only from within [Explanations#apart].
    <T> T inferAndExplain(
            String model, String version, Supplier<InferenceRequest> request, Function<InferenceResponse, T> writer) {
        InferenceCall call = new InferenceCall(tensors, request, true);
        return written(call, explanations.ask(model, version, call, call::explains), writer);
    }

    private <T> T written(InferenceCall call, Answer answer, Function<InferenceResponse, T> writer) {
        return meters.serialised(answer, () -> writer.apply(call.response(answer)));
    }
}
