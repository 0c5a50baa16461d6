package dev.orrery.inference.protocol;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Names;
import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.protocol.InferenceRequest.RequestedOutput;
import dev.orrery.inference.protocol.InferenceResponse.OutputTensor;
import dev.orrery.inference.rows.FlagText;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.Decision;
import dev.orrery.model.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a model returns: its card's outputs, the id that a label can name later, and, where values are unusual, what
/// is.
final class Outputs {

    private static final String PREDICTION_ID = "prediction_id";

    private static final int ID = -1;
    private static final int UNUSUAL = -2;
    private static final int WHY = -3;
    private static final Named FLAGS = new Named("flags", Datatype.BYTES, UNUSUAL);
    private static final Named EXPLANATION = new Named("explanation", Datatype.BYTES, WHY);

    private final List<Named> all = new ArrayList<>();

    /// @param place among the card's outputs, or one of those beside them
    record Named(String name, Datatype datatype, int place) {

        /// What it is for a row: a 32-bit float, a boolean or a string.
        Object value(Answer answer, int row) {
            return switch (place) {
                case ID -> answer.id(row);
                case UNUSUAL -> FlagText.append(new JsonBytes(), answer, row).toString();
                case WHY -> Json.text(answer.why().get(row));
                default -> answer.value(place, row);
            };
        }
    }

    private Outputs(Serving serving) {
        List<Output> outputs = serving.card().outputs();
        for (int place = 0; place < outputs.size(); place++) {
            all.add(new Named(outputs.get(place).name(), datatype(serving, place), place));
        }
        all.add(new Named(PREDICTION_ID, Datatype.BYTES, ID));
    }

    static Outputs of(Serving serving) {
        return serving.shared(Outputs.class, Outputs::new);
    }

    List<Named> all() {
        return all;
    }

    /// What comes back where nobody chose: all, and where values are unusual, what is.
    List<Named> unasked(Answer answer) {
        if (answer.flags().isEmpty()) {
            return all;
        }
        List<Named> outputs = new ArrayList<>(all);
        outputs.add(FLAGS);
        return outputs;
    }

    /// Checks which outputs a request is for, before scoring, so that a request that cannot be answered is no
    /// prediction.
    ///
    /// @param explained whether the request wants to know why it is answered so
    /// @throws Invalid naming what is not there
    void requireKnown(List<RequestedOutput> outputs, boolean explained) {
        if (outputs != null) {
            outputs.forEach(output -> require(output, explained));
        }
    }

    /// Where the answer comes with reasons, they are among them in any case.
    ///
    /// @param requested those that were asked for; none for all
    List<OutputTensor> tensors(List<RequestedOutput> requested, Answer answer) {
        List<Named> outputs = new ArrayList<>(
                requested == null || requested.isEmpty()
                        ? unasked(answer)
                        : requested.stream().map(output -> named(output.name())).toList());
        if (answer.why() != null && !outputs.contains(EXPLANATION)) {
            outputs.add(EXPLANATION);
        }
        return outputs.stream().map(output -> tensor(output, answer)).toList();
    }

    private static OutputTensor tensor(Named output, Answer answer) {
        IntFunction<Object> value = row -> output.value(answer, row);
        return new OutputTensor(
                output.name(),
                List.of((long) answer.size(), 1L),
                output.datatype().name(),
                null,
                IntStream.range(0, answer.size()).mapToObj(value).toList());
    }

    private static Datatype datatype(Serving serving, int place) {
        if (serving.computed(place) != Serving.DECIDED) {
            return Datatype.FP32;
        }
        return serving.decision() instanceof Decision.AtThreshold ? Datatype.BOOL : Datatype.BYTES;
    }

    private void require(RequestedOutput output, boolean explained) {
        if (named(output == null ? null : output.name()) == EXPLANATION && !explained) {
            throw new Invalid("there is an output '%s' only where the request's parameter 'explain' is true"
                    .formatted(output.name()));
        }
        Parameters.require("output '%s'".formatted(output.name()), output.parameters());
    }

    private Named named(String name) {
        return Stream.concat(all.stream(), Stream.of(FLAGS, EXPLANATION))
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = all.stream().map(Named::name).toList();
                    String suggestion = name == null ? "" : Names.suggestion(name, known);
                    return new Invalid("there is no output '%s'.%s There are %s.".formatted(name, suggestion, known));
                });
    }
}
