package dev.orrery.training.data;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.usecase.Split.Part;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.ModelCard.Input;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The rows of a dataset version, as a model takes them, divided by their keys.
///
/// @param leftOut rows without a label or a key, or with a value that no model can take
public record Parts(Labelled training, Labelled validation, Labelled holdout, int leftOut) {

    /// The columns of a use case that a model takes.
    public static List<Input> inputs(DatasetSchema schema) {
        return schema.features().stream()
                .map(column -> new Input(column.name(), column.type()))
                .toList();
    }

    /// Reads the rows once, in their order.
    ///
    /// @param rows     typed values
    /// @param expected about how many rows come
    /// @throws UnfitData when a part lacks positive or negative rows
    public static Parts of(Stream<Map<String, Object>> rows, long expected, UseCase useCase) {
        List<Input> inputs = inputs(useCase.dataset());
        Map<Part, ColumnBuilder> builders = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            builders.put(part, new ColumnBuilder(inputs, expected / Part.values().length));
        }
        int[] leftOut = {0};
        rows.forEach(row -> {
            boolean added = partOf(row, useCase)
                    .filter(part -> builders.get(part)
                            .add(row, (Boolean) row.get(useCase.dataset().label())))
                    .isPresent();
            leftOut[0] += added ? 0 : 1;
        });
        Parts parts = new Parts(
                builders.remove(Part.TRAINING).build(),
                builders.remove(Part.VALIDATION).build(),
                builders.remove(Part.HOLDOUT).build(),
                leftOut[0]);
        requireBothOutcomes("training", parts.training());
        requireBothOutcomes("validation", parts.validation());
        requireBothOutcomes("holdout", parts.holdout());
        return parts;
    }

    /// By the key's canonical form, so that an entity stays in its part however a row writes the key.
    private static Optional<Part> partOf(Map<String, Object> row, UseCase useCase) {
        DatasetSchema schema = useCase.dataset();
        Object key = row.get(schema.key());
        if (key == null || row.get(schema.label()) == null) {
            return Optional.empty();
        }
        String entity = EntityKeys.canonical(schema.keyType(), key);
        return Optional.of(
                useCase.training().split().partOf(entity, useCase.training().seed()));
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
