package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.List;

/// What all predictions of a block share.
///
/// @param engine   what computed: `compiled` or `onnxruntime`
/// @param useCase  the one whose model answered; null where the model does not know
/// @param instance who answered, since when: a prediction's id is `instance-sequence`
/// @param columns  the names of the inputs, in the order of the cells
/// @param outputs  the names of the outputs, in their order
public record PredictionsHeader(
        String endpoint,
        long deploymentRevision,
        String model,
        int version,
        Role role,
        String engine,
        String useCase,
        Integer useCaseRevision,
        String instance,
        List<String> columns,
        List<String> outputs) {

    public PredictionsHeader {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(model, "model");
        requireNonNull(role, "role");
        requireNonNull(engine, "engine");
        requireNonNull(instance, "instance");
        columns = List.copyOf(columns);
        outputs = List.copyOf(outputs);
    }

    /// The id of a prediction: repeats and gaps can be told.
    public String id(long sequence) {
        return instance + "-" + sequence;
    }

    void write(BlockOutput to) {
        to.text(endpoint)
                .number(deploymentRevision)
                .text(model)
                .number(version)
                .text(role.word())
                .text(engine)
                .optionalText(useCase)
                .optionalNumber(useCaseRevision)
                .text(instance)
                .texts(columns)
                .texts(outputs);
    }

    static PredictionsHeader read(BlockInput from) {
        return new PredictionsHeader(
                from.text(),
                from.number(),
                from.text(),
                from.smallNumber(),
                Role.of(from.text()),
                from.text(),
                from.optionalText(),
                from.optionalNumber(),
                from.text(),
                from.texts(),
                from.texts());
    }
}
