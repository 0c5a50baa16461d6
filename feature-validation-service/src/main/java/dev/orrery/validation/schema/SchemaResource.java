package dev.orrery.validation.schema;

import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.kit.problem.NotFound;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;

/// The schema under which a dataset's rows are judged.
@Path("/v1/datasets/{dataset}/schema")
@RunOnVirtualThread
class SchemaResource {

    /// @param useCaseRevision the newest revision of the use case that was looked at, if any
    /// @param refusal         why that revision's schema did not become the active one
    record View(
            String dataset,
            int version,
            DatasetSchema schema,
            Instant activatedAt,
            Integer useCaseRevision,
            String refusal) {

        static View of(ActiveSchema active, Schemas.State state) {
            Integer revision = state.useCaseRevision() == 0 ? null : state.useCaseRevision();
            return new View(
                    active.dataset(),
                    active.version(),
                    active.schema(),
                    active.activatedAt(),
                    revision,
                    state.refusal());
        }
    }

    private final Schemas schemas;

    SchemaResource(Schemas schemas) {
        this.schemas = schemas;
    }

    @GET
    public View get(String dataset) {
        Schemas.State state = schemas.state(dataset);
        return state.active()
                .map(active -> View.of(active, state))
                .orElseThrow(
                        () -> new NotFound("Dataset '%s' has no schema, because the one in its use case was refused: %s"
                                .formatted(dataset, state.refusal())));
    }

    @PUT
    public View put(String dataset, DatasetSchema schema) {
        ActiveSchema active = schemas.activate(dataset, schema);
        return View.of(active, schemas.state(dataset));
    }
}
