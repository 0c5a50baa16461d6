package dev.orrery.validation.schema;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.SchemaChange;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.validation.Database;
import dev.orrery.validation.batch.Batch;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The schemas of all datasets, numbered 1, 2, 3 … each. A new one is announced through the outbox.
@ApplicationScoped
public class Schemas {

    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    Schemas(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Makes a schema the dataset's active one. The same schema again changes nothing.
    ///
    /// @throws Invalid  when the schema is unusable by itself
    /// @throws Conflict when rows are kept that it could not hold
    @Transactional
    public ActiveSchema activate(String dataset, DatasetSchema schema) {
        requireUsable(dataset, schema);
        database.lock(dataset);
        return change(dataset, schema.unnamed(), null);
    }

    /// Takes the schema of a use case's dataset, unless that revision of the use case or a newer one was looked at
    /// before. A schema that cannot be taken leaves the active one as it is; [#state] says why.
    @Transactional
    void adopt(UseCase useCase, int revision) {
        String dataset = useCase.datasetName();
        database.lock(dataset);
        SeenUseCase seen = SeenUseCase.named(useCase.name());
        if (revision <= seen.revision) {
            return;
        }
        Dataset.ensure(dataset);
        seen.dataset = dataset;
        seen.revision = revision;
        seen.refusal = null;
        seen.seenAt = clock.instant();
        try {
            DatasetSchema schema = useCase.dataset().unnamed();
            requireUsable(dataset, schema);
            change(dataset, schema, revision);
        } catch (Conflict | Invalid e) {
            seen.refusal = reasons(e);
            Log.warnf("The schema in revision %d of use case %s is refused: %s", revision, seen.name, seen.refusal);
        }
        seen.persist();
    }

    /// The schema under which new batches are judged, or nothing when the dataset has none.
    @Transactional
    public Optional<ActiveSchema> active(String dataset) {
        return SchemaVersion.newest(dataset).map(ActiveSchema::of);
    }

    /// A schema by its number.
    @Transactional
    public ActiveSchema version(String dataset, int version) {
        return SchemaVersion.of(dataset, version)
                .map(ActiveSchema::of)
                .orElseThrow(() -> new NotFound("dataset '%s' has no schema %d".formatted(dataset, version)));
    }

    /// The dataset, with its active schema and what was refused since.
    ///
    /// @throws NotFound when nobody has described the dataset
    @Transactional
    State state(String name) {
        requireKnown(name);
        return new State(active(name), SeenUseCase.of(name));
    }

    /// @throws NotFound when nobody has described the dataset
    @Transactional
    public void requireKnown(String dataset) {
        Dataset.named(dataset).orElseThrow(() -> unknown(dataset));
    }

    /// What is known of a dataset's schema, and of the use cases that describe it, the one heard of last first.
    record State(Optional<ActiveSchema> active, List<SeenUseCase> useCases) {}

    /// @param revision of the use-case file, where the schema comes from one
    private ActiveSchema change(String dataset, DatasetSchema schema, Integer revision) {
        Optional<SchemaVersion> newest = SchemaVersion.newest(dataset);
        if (newest.isPresent() && newest.get().schema().equals(schema)) {
            return ActiveSchema.of(newest.get());
        }
        newest.ifPresent(before -> requireCompatible(before, schema));
        Dataset.ensure(dataset);
        int version = newest.map(before -> before.version).orElse(0) + 1;
        SchemaVersion created =
                SchemaVersion.create(dataset, version, schema, clock.instant().truncatedTo(ChronoUnit.MICROS));
        outbox.add(new SchemaActivated(dataset, version, schema, revision, created.activatedAt));
        return ActiveSchema.of(created);
    }

    private static String reasons(RuntimeException e) {
        String faults = e instanceof Invalid invalid
                ? invalid.errors().stream().map(FieldError::message).collect(Collectors.joining("; "))
                : "";
        return faults.isEmpty() ? e.getMessage() : faults;
    }

    private static void requireUsable(String dataset, DatasetSchema schema) {
        if (schema == null) {
            throw new Invalid("The body is empty; send the schema as JSON: key, label and columns.");
        }
        try {
            Names.require("dataset", dataset);
        } catch (IllegalArgumentException e) {
            throw new Invalid(e.getMessage());
        }
        List<FieldError> faults = SchemaChange.faults(schema).stream()
                .map(fault -> new FieldError(fault.place(), fault.message()))
                .toList();
        if (!faults.isEmpty()) {
            throw new Invalid("The schema of dataset '%s' cannot be used.".formatted(dataset), faults);
        }
    }

    private static void requireCompatible(SchemaVersion before, DatasetSchema schema) {
        if (Batch.anyOf(before.dataset)) {
            String conflicts = SchemaChange.conflicts(before.schema(), schema).stream()
                    .map(Fault::message)
                    .collect(Collectors.joining(", "));
            if (!conflicts.isEmpty()) {
                throw new Conflict(
                        "Dataset '%s' has rows under schema %d, which its table must go on holding, but %s. Columns may be added; for anything else use a new dataset name."
                                .formatted(before.dataset, before.version, conflicts));
            }
        }
    }

    private static NotFound unknown(String dataset) {
        return new NotFound("Nobody has described dataset '%s'. Apply its use case, or PUT /v1/datasets/%s/schema."
                .formatted(dataset, dataset));
    }
}
