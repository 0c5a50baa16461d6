package dev.orrery.inference.protocol;

import dev.orrery.contracts.Names;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.protocol.InferenceRequest.RequestedOutput;
import dev.orrery.inference.protocol.InferenceResponse.OutputTensor;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.Decision;
import dev.orrery.model.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// What a model returns: its card's outputs, and the id that a label can name later.
final class Outputs {

    private static final String PREDICTION_ID = "prediction_id";

    private final List<Named> all = new ArrayList<>();

    /// @param place among the card's outputs, or -1 for the id
    record Named(String name, Datatype datatype, int place) {

        /// What it is for a row: a 32-bit float, a boolean or a string.
        Object value(Answer answer, int row) {
            return place < 0 ? answer.id(row) : answer.value(place, row);
        }
    }

    private Outputs(Serving serving) {
        List<Output> outputs = serving.card().outputs();
        for (int place = 0; place < outputs.size(); place++) {
            all.add(new Named(outputs.get(place).name(), datatype(serving, place), place));
        }
        all.add(new Named(PREDICTION_ID, Datatype.BYTES, -1));
    }

    static Outputs of(Serving serving) {
        return new Outputs(serving);
    }

    List<Named> all() {
        return all;
    }

    /// Which outputs a request is for. Asked before scoring, so that a request that cannot be answered is no
    /// prediction.
    ///
    /// @throws Invalid naming what is not there
    List<RequestedOutput> requested(List<RequestedOutput> outputs) {
        if (outputs == null || outputs.isEmpty()) {
            return all.stream()
                    .map(output -> new RequestedOutput(output.name(), null))
                    .toList();
        }
        outputs.forEach(this::require);
        return outputs;
    }

    OutputTensor tensor(RequestedOutput requested, Answer answer) {
        Named output = named(requested.name());
        IntFunction<Object> value = row -> output.value(answer, row);
        return new OutputTensor(
                output.name(),
                List.of((long) answer.size(), 1L),
                output.datatype().name(),
                requested.parameters(),
                IntStream.range(0, answer.size()).mapToObj(value).toList());
    }

    private static Datatype datatype(Serving serving, int place) {
        if (serving.computed(place) != Serving.DECIDED) {
            return Datatype.FP32;
        }
        return serving.decision() instanceof Decision.AtThreshold ? Datatype.BOOL : Datatype.BYTES;
    }

    private void require(RequestedOutput output) {
        named(output == null ? null : output.name());
        Parameters.require("output '%s'".formatted(output.name()), output.parameters());
    }

    private Named named(String name) {
        return all.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = all.stream().map(Named::name).toList();
                    String suggestion = name == null ? "" : Names.suggestion(name, known);
                    return new Invalid("there is no output '%s'.%s There are %s.".formatted(name, suggestion, known));
                });
    }
}
