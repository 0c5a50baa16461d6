package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.Question;
import dev.orrery.kit.problem.Invalid;
import java.util.function.Supplier;

/// One `infer` under way: read with the model at hand, answered in the terms it was asked in.
final class InferenceCall implements Predictions.Reader {

    private final Tensors tensors;
    private final Supplier<InferenceRequest> sent;
    private InferenceRequest request;
    private Outputs answered;

    /// @param sent gives the request, or null where none was sent; asked again by each reading
    InferenceCall(Tensors tensors, Supplier<InferenceRequest> sent) {
        this.tensors = tensors;
        this.sent = sent;
    }

    @Override
    public Question read(Serving serving) {
        request = sent.get();
        if (request == null) {
            throw new Invalid("the body is null; it needs a request with inputs");
        }
        Parameters.require("the request", request.parameters());
        answered = Outputs.of(serving);
        answered.requireKnown(request.outputs());
        return tensors.read(request, serving.card());
    }

    @Override
    public Predictions.Reader again() {
        return new InferenceCall(tensors, sent);
    }

    InferenceResponse response(Answer answer) {
        return new InferenceResponse(
                answer.header().endpoint(),
                String.valueOf(answer.header().version()),
                request.id(),
                null,
                answered.tensors(request.outputs(), answer));
    }
}
