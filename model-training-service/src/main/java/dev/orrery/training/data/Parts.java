package dev.orrery.training.data;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.ModelCard.Input;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The rows of a dataset version, as a model takes them, divided by their keys.
///
/// @param task     what the labels say, with the negative value where the rows have one only
/// @param warnings what a person should know of the data
public record Parts(
        Labelled training,
        Labelled validation,
        Labelled holdout,
        Task.Binary task,
        LeftOut leftOut,
        List<String> warnings) {

    static final int KEY = 0;
    static final int LABEL = 1;
    static final int FEATURES = 2;

    public Parts {
        warnings = List.copyOf(warnings);
        requireBothOutcomes("training", training);
        requireBothOutcomes("validation", validation);
        requireBothOutcomes("holdout", holdout);
    }

    /// The columns of a use case that a model takes.
    public static List<Input> inputs(DatasetSchema schema) {
        return schema.features().stream()
                .map(column -> new Input(column.name(), column.type(), column.range(), column.domain()))
                .toList();
    }

    /// The columns that training reads of a use case's rows: the key, the label, and the features in their order.
    public static List<String> columns(DatasetSchema schema) {
        return Stream.concat(
                        Stream.of(schema.key(), schema.label()),
                        schema.features().stream().map(Column::name))
                .toList();
    }

    /// Reads the rows once, in their order.
    ///
    /// @param rows     gives each row to whom it is given: the values of [#columns], null where missing
    /// @param expected about how many rows come
    /// @throws UnfitData when a part lacks positive or negative rows, or too many rows are unusable
    public static Parts of(Consumer<Consumer<Object[]>> rows, long expected, UseCase useCase) {
        Intake intake = new Intake(useCase, expected);
        rows.accept(intake::add);
        return intake.parts();
    }

    private static void requireBothOutcomes(String part, Labelled rows) {
        int positives = rows.positives();
        if (positives == 0 || positives == rows.size()) {
            throw new UnfitData(
                    "the %s part has %d rows, %d of them positive; it needs both outcomes: ingest more labelled rows"
                            .formatted(part, rows.size(), positives));
        }
    }
}
