package dev.orrery.registry.mlflow;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What MLflow's clients ask about the server itself.
@Tag(name = "MLflow")
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
class ServerResource {

    /// The client version whose calls this server is tested with.
    private static final String SPOKEN = "2.17.2";

    @Operation(summary = "Whether the server answers")
    @GET
    @Path("health")
    public String health() {
        return "OK";
    }

    @Operation(summary = "The version of MLflow's client that this server is tested with")
    @GET
    @Path("version")
    public String version() {
        return SPOKEN;
    }
}
