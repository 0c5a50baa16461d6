package dev.orrery.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.ColumnType;
import java.util.List;

/// What a model says of itself. It travels inside the ONNX file, as the metadata property [#PROPERTY].
///
/// @param dataset   the one whose rows it takes; part of the pseudonym of a personal key
/// @param recipe    what it was trained with
/// @param threshold a score from here on is a positive decision
/// @param inputs    the columns it takes, in the order of the dataset
/// @param ignored   the dataset's other columns: a row may carry them, the model is not given them
/// @param key       the column that says whom a row is about; null where the model does not know
/// @param missing   tokens that mean "no value" where rows come as text; the empty string unless said otherwise
public record ModelCard(
        String useCase,
        int useCaseRevision,
        String dataset,
        String recipe,
        double threshold,
        List<Input> inputs,
        List<String> ignored,
        Key key,
        List<String> missing) {

    /// The metadata property of the ONNX file that holds the card.
    public static final String PROPERTY = "orrery";

    /// One column as the model takes it: 32-bit floats, or strings where the type is a string.
    public record Input(String name, ColumnType type) {}

    /// The column that says whom a row is about.
    ///
    /// @param personal whether it identifies a person and must travel as a pseudonym
    public record Key(String name, ColumnType type, boolean personal) {}

    public ModelCard {
        inputs = List.copyOf(inputs);
        ignored = List.copyOf(ignored);
        missing = missing == null ? List.of("") : List.copyOf(missing);
    }

    public String json() {
        return Json.text(this);
    }

    static ModelCard parse(String json) {
        try {
            return Json.MAPPER.readValue(json, ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new UnusableModel("its metadata property '%s' is not a model card".formatted(PROPERTY), e);
        }
    }
}
