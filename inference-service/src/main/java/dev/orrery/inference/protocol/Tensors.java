package dev.orrery.inference.protocol;

import dev.orrery.contracts.Names;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.RequestLimits;
import dev.orrery.inference.protocol.InferenceRequest.InputTensor;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A request's tensors as a question. Every column of the model is needed; other columns of its dataset may come along,
/// and the key's says whom a row is about.
@Singleton
class Tensors {

    private final int most;

    Tensors(InferenceConfig config) {
        most = config.maxRows();
    }

    Question read(InferenceRequest request, ModelCard card) {
        Map<String, Tensor> tensors = tensors(request, card);
        int rows = tensors.values().iterator().next().size();
        requireSameRows(tensors, rows);
        RequestLimits.requireRows(rows, most);
        requireAll(tensors.keySet(), card);
        List<Object> columns = card.inputs().stream()
                .map(input -> tensors.get(input.name()).column(input))
                .toList();
        Tensor key = card.key() == null ? null : tensors.get(card.key().name());
        return new Question(
                RowBlock.of(Rows.ofColumns(card.inputs(), columns, rows)),
                key == null ? Collections.nCopies(rows, null) : key.keys(card.key()));
    }

    private static Map<String, Tensor> tensors(InferenceRequest request, ModelCard card) {
        if (request.inputs() == null || request.inputs().isEmpty()) {
            throw new Invalid("the request has no inputs; it needs one tensor per column of the model");
        }
        if (Matrix.is(request.inputs())) {
            Parameters.require(
                    "input '%s'".formatted(request.inputs().getFirst().name()),
                    request.inputs().getFirst().parameters());
            return Matrix.columns(request.inputs().getFirst(), card);
        }
        Set<String> known =
                Stream.concat(names(card).stream(), card.ignored().stream()).collect(Collectors.toUnmodifiableSet());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (InputTensor input : request.inputs()) {
            if (input == null || input.name() == null) {
                throw new Invalid("an input has no name");
            }
            if (!known.contains(input.name())) {
                throw new Invalid(
                        "there is no input '%s'.%s".formatted(input.name(), Names.suggestion(input.name(), known)));
            }
            if (tensors.put(input.name(), Tensor.of(input)) != null) {
                throw new Invalid("input '%s' is there twice".formatted(input.name()));
            }
        }
        return tensors;
    }

    private static void requireSameRows(Map<String, Tensor> tensors, int rows) {
        for (Tensor tensor : tensors.values()) {
            if (tensor.size() != rows) {
                throw new Invalid("input '%s' has %d rows, and the first input has %d"
                        .formatted(tensor.name(), tensor.size(), rows));
            }
        }
    }

    private static void requireAll(Set<String> given, ModelCard card) {
        List<String> missing =
                names(card).stream().filter(name -> !given.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new Invalid(
                    "the request lacks the inputs %s; send a tensor of nulls for a column that you do not know"
                            .formatted(missing));
        }
    }

    private static List<String> names(ModelCard card) {
        return card.inputs().stream().map(Input::name).toList();
    }
}
