package dev.orrery.registry.mlflow;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// What MLflow's clients ask about the server itself.
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
class ServerResource {

    /// The client version whose calls this server is tested with.
    private static final String SPOKEN = "2.17.2";

    @GET
    @Path("health")
    public String health() {
        return "OK";
    }

    @GET
    @Path("version")
    public String version() {
        return SPOKEN;
    }
}
