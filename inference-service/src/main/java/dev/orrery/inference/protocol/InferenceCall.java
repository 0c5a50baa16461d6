package dev.orrery.inference.protocol;

import dev.orrery.inference.StrictJson;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.protocol.InferenceRequest.RequestedOutput;
import dev.orrery.kit.problem.Invalid;
import java.util.List;

/// One `infer` under way: read with the model at hand, answered in the terms it was asked in.
final class InferenceCall implements Predictions.Reader {

    private final Tensors tensors;
    private final byte[] body;
    private InferenceRequest request;
    private Outputs answered;
    private List<RequestedOutput> requested;

    InferenceCall(Tensors tensors, byte[] body) {
        this.tensors = tensors;
        this.body = body;
    }

    @Override
    public Question read(Serving serving) {
        request = StrictJson.read(body, InferenceRequest.class);
        if (request == null) {
            throw new Invalid("the body is null; it needs a request with inputs");
        }
        Parameters.require("the request", request.parameters());
        answered = Outputs.of(serving);
        requested = answered.requested(request.outputs());
        return tensors.read(request, serving.card());
    }

    @Override
    public Predictions.Reader again() {
        return new InferenceCall(tensors, body);
    }

    InferenceResponse response(Answer answer) {
        return new InferenceResponse(
                answer.header().endpoint(),
                String.valueOf(answer.header().version()),
                request.id(),
                request.parameters(),
                requested.stream()
                        .map(output -> answered.tensor(output, answer))
                        .toList());
    }
}
