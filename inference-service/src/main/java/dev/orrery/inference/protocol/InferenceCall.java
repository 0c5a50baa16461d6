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
    private final boolean canExplain;
    private Outputs answered;
    private boolean explains;

    /// @param sent       gives the request, or null where none was sent; asked again by each reading
    /// @param canExplain whether the answer may wait for an explanation
    InferenceCall(Tensors tensors, Supplier<InferenceRequest> sent, boolean canExplain) {
        this.tensors = tensors;
        this.sent = sent;
        this.canExplain = canExplain;
    }

    @Override
    public Question read(Serving serving) {
        request = sent.get();
        if (request == null) {
            throw new Invalid("the body is null; it needs a request with inputs");
        }
        explains = Parameters.explains(request.parameters());
        if (explains && !canExplain) {
            throw new Invalid("the request: explanations are given over REST, to bodies that are not compressed;"
                    + " ask there, or leave the parameter 'explain' out");
        }
        answered = Outputs.of(serving);
        answered.requireKnown(request.outputs(), explains);
        return tensors.read(request, serving.card());
    }

    @Override
    public Predictions.Reader again() {
        return new InferenceCall(tensors, sent, canExplain);
    }

    /// Whether the request that was read wants to know why it is answered so.
    boolean explains() {
        return explains;
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
