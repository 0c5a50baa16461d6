package dev.orrery.registry.promotion;

import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Moving aliases through MLflow's API. Reading them is the models' business.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/registered-models")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class AliasResource {

    private final Aliases aliases;

    AliasResource(Aliases aliases) {
        this.aliases = aliases;
    }

    @Operation(
            summary = "Point an alias to a version",
            description = "The champion of a use case's model is examined first; once the model serves, setting "
                    + "it is a promotion.")
    @POST
    @Path("/alias")
    public Map<String, Object> set(Fields fields) {
        aliases.set(fields.required("name"), fields.required("alias"), fields.version());
        return Mlflow.NOTHING;
    }

    @Operation(summary = "Remove an alias")
    @DELETE
    @Path("/alias")
    public Map<String, Object> delete(Fields fields) {
        aliases.delete(fields.required("name"), fields.required("alias"));
        return Mlflow.NOTHING;
    }
}
