package dev.orrery.validation.schema;

import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.kit.problem.NotFound;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// The schema under which a dataset's rows are judged.
@Path("/v1/datasets/{dataset}/schema")
@RunOnVirtualThread
class SchemaResource {

    /// A dataset's schema.
    ///
    /// @param useCases        the use cases that describe the dataset, the one heard of last first
    /// @param useCaseRevision the newest revision that was looked at of the one heard of last, if any
    /// @param refusal         why that revision's schema did not become the active one
    @Schema(name = "ActiveSchema")
    record View(
            String dataset,
            int version,
            DatasetSchema schema,
            Instant activatedAt,
            List<DescribedBy> useCases,
            Integer useCaseRevision,
            String refusal) {

        static View of(ActiveSchema active, Schemas.State state) {
            List<DescribedBy> useCases = state.useCases().stream()
                    .map(seen -> new DescribedBy(seen.name, seen.revision, seen.refusal))
                    .toList();
            DescribedBy last = useCases.isEmpty() ? new DescribedBy(null, null, null) : useCases.getFirst();
            return new View(
                    active.dataset(),
                    active.version(),
                    active.schema(),
                    active.activatedAt(),
                    useCases,
                    last.revision(),
                    last.refusal());
        }
    }

    /// A use case that describes the dataset.
    ///
    /// @param revision the newest that was looked at
    /// @param refusal  why its schema was refused; absent when it was not
    @Schema(name = "DescribedBy")
    record DescribedBy(String useCase, Integer revision, String refusal) {}

    private final Schemas schemas;

    SchemaResource(Schemas schemas) {
        this.schemas = schemas;
    }

    @GET
    @Operation(summary = "The active schema", description = "The schema under which new uploads are taken in.")
    @APIResponse(responseCode = "200", description = "The schema, and who described it")
    @APIResponse(responseCode = "404", description = "Nobody has described the dataset, or its schema was refused")
    public View get(String dataset) {
        Schemas.State state = schemas.state(dataset);
        return state.active()
                .map(active -> View.of(active, state))
                .orElseThrow(
                        () -> new NotFound("Dataset '%s' has no schema%s".formatted(dataset, why(state.useCases()))));
    }

    private static String why(List<SeenUseCase> useCases) {
        return useCases.isEmpty()
                ? "."
                : ", because the one in use case '%s' was refused: %s"
                        .formatted(useCases.getFirst().name, useCases.getFirst().refusal);
    }

    @PUT
    @Operation(
            summary = "Makes a schema the active one",
            description = "The same schema again changes nothing. Once rows are kept, columns may only be added.")
    @APIResponse(responseCode = "200", description = "The schema is active")
    @APIResponse(responseCode = "400", description = "The schema cannot be used; each offending column is named")
    @APIResponse(responseCode = "409", description = "Rows are kept that the schema could not hold")
    public View put(String dataset, DatasetSchema schema) {
        ActiveSchema active = schemas.activate(dataset, schema);
        return View.of(active, schemas.state(dataset));
    }
}
