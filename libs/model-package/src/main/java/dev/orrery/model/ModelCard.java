package dev.orrery.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.NotUnderstood;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.usecase.ServingRules;
import dev.orrery.contracts.usecase.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a model says of itself: a file of its package, and, where training made the model, the metadata property
/// [#PROPERTY] of the ONNX file too.
///
/// @param dataset  the one whose rows it takes; part of the pseudonym of a personal key
/// @param recipe   what it was trained with
/// @param task     what it predicts
/// @param inputs   the columns it takes, in the order of the dataset
/// @param outputs  what it answers, by name
/// @param bindings where columns go into the graph, and where outputs come out of it
/// @param ignored  the dataset's other columns: a row may carry them, the model is not given them
/// @param key      the column that says whom a row is about; null where the model does not know
/// @param missing  tokens that mean "no value" where rows come as text; the empty string unless said otherwise
/// @param serving  what becomes of requests with values that the dataset does not know; they are answered unless said
///                 otherwise
public record ModelCard(
        String useCase,
        int useCaseRevision,
        String dataset,
        String recipe,
        Task task,
        List<Input> inputs,
        List<Output> outputs,
        Bindings bindings,
        List<String> ignored,
        Key key,
        List<String> missing,
        ServingRules serving) {

    /// The metadata property of the ONNX file that holds the card.
    public static final String PROPERTY = "orrery";

    /// One column as the model takes it: 32-bit floats, or strings where the type is a string.
    ///
    /// @param range  the values that the dataset allows; null where it allows any
    /// @param domain the words that the dataset allows; empty where it allows any
    public record Input(
            String name,
            ColumnType type,
            Range range,
            @JsonInclude(Include.NON_EMPTY) List<String> domain) {

        public Input {
            domain = domain == null ? List.of() : List.copyOf(domain);
        }

        /// A column of which any value is allowed.
        public Input(String name, ColumnType type) {
            this(name, type, null, List.of());
        }
    }

    /// The column that says whom a row is about.
    ///
    /// @param personal whether it identifies a person and must travel as a pseudonym
    public record Key(String name, ColumnType type, boolean personal) {}

    public ModelCard {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        bindings = bindings.fitting(inputs, outputs);
        ignored = List.copyOf(ignored);
        missing = missing == null ? List.of("") : List.copyOf(missing);
        serving = serving == null ? ServingRules.LENIENT : serving;
    }

    /// An output of this name.
    ///
    /// @throws IllegalArgumentException when there is none
    public Output output(String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no output '%s'".formatted(name)));
    }

    /// Of a model that decides: a score from here on is a positive decision.
    @JsonIgnore
    public double threshold() {
        return output(Output.DECISION).threshold();
    }

    /// How its decision follows from what it computes; empty where it takes none.
    @JsonIgnore
    public Optional<Decision> decision() {
        List<Integer> probabilities = Outputs.probabilities(this);
        return outputs.stream()
                .filter(output -> output.type() == Output.Type.DECISION)
                .findFirst()
                .map(decision -> decision.threshold() != null
                        ? new Decision.AtThreshold(probabilities.getFirst(), decision.threshold())
                        : new Decision.MostProbable(probabilities, Outputs.classes(this)));
    }

    /// The same model, whose rows may also carry the columns of other models: so a request that one of several models
    /// understands is understood by all.
    public ModelCard withColumnsOf(List<ModelCard> others) {
        Set<String> all = new LinkedHashSet<>(ignored);
        others.forEach(other -> {
            other.inputs.forEach(input -> all.add(input.name()));
            all.addAll(other.ignored);
        });
        inputs.forEach(input -> all.remove(input.name()));
        return new ModelCard(
                useCase,
                useCaseRevision,
                dataset,
                recipe,
                task,
                inputs,
                outputs,
                bindings,
                List.copyOf(all),
                key,
                missing,
                serving);
    }

    public String json() {
        return Json.text(this);
    }

    /// The card in a package's file [PackageFiles#CARD].
    ///
    /// @throws UnusableModel when it is none
    /// @throws IOException   when the file cannot be read
    public static ModelCard read(Path file) throws IOException {
        try {
            return Json.MAPPER.readValue(file.toFile(), ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new UnusableModel("its '%s' is not a model card: %s".formatted(PackageFiles.CARD, reason(e)), e);
        }
    }

    private static String reason(JsonProcessingException e) {
        String unfit =
                e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
        return NotUnderstood.because(e).map(Throwable::getMessage).orElse(unfit);
    }
}
