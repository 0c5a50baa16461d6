package dev.orrery.inference.protocol;

import dev.orrery.contracts.Names;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.protocol.InferenceRequest.RequestedOutput;
import dev.orrery.inference.protocol.InferenceResponse.OutputTensor;
import dev.orrery.kit.problem.Invalid;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What a model returns: the score, the decision at its threshold, and the id that a label can name later.
enum Outputs {
    SCORE("score", "FP32") {
        @Override
        Object data(Answer answer) {
            return answer.answers()[0];
        }
    },
    DECISION("decision", "BOOL") {
        @Override
        Object data(Answer answer) {
            return IntStream.range(0, answer.size()).mapToObj(answer::decision).toList();
        }
    },
    PREDICTION_ID("prediction_id", "BYTES") {
        @Override
        Object data(Answer answer) {
            return IntStream.range(0, answer.size()).mapToObj(answer::id).toList();
        }
    };

    private final String title;
    private final String datatype;

    Outputs(String title, String datatype) {
        this.title = title;
        this.datatype = datatype;
    }

    abstract Object data(Answer answer);

    String title() {
        return title;
    }

    String datatype() {
        return datatype;
    }

    /// Which outputs a request is for. Asked before scoring, so that a request that cannot be answered is no
    /// prediction.
    ///
    /// @throws Invalid naming what is not there
    static List<RequestedOutput> requested(List<RequestedOutput> outputs) {
        if (outputs == null || outputs.isEmpty()) {
            return Arrays.stream(values())
                    .map(output -> new RequestedOutput(output.title, null))
                    .toList();
        }
        outputs.forEach(Outputs::require);
        return outputs;
    }

    static OutputTensor tensor(RequestedOutput requested, Answer answer) {
        Outputs output = named(requested.name());
        return new OutputTensor(
                output.title,
                List.of((long) answer.size(), 1L),
                output.datatype,
                requested.parameters(),
                output.data(answer));
    }

    private static void require(RequestedOutput output) {
        named(output == null ? null : output.name());
        Parameters.require("output '%s'".formatted(output.name()), output.parameters());
    }

    private static Outputs named(String name) {
        List<String> known = Arrays.stream(values()).map(Outputs::title).toList();
        int found = known.indexOf(name);
        if (found < 0) {
            throw new Invalid("there is no output '%s'.%s There are %s."
                    .formatted(name, name == null ? "" : Names.suggestion(name, known), known));
        }
        return values()[found];
    }
}
