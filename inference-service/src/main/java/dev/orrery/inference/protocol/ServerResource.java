package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.DeploymentsReady;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// The Open Inference Protocol v2, about the server as a whole.
@Path("/v2")
@RunOnVirtualThread
class ServerResource {

    record Metadata(String name, String version, List<String> extensions) {}

    record Live(boolean live) {}

    record Ready(boolean ready) {}

    private final DeploymentsReady deployments;
    private final Metadata metadata;

    ServerResource(
            @Readiness DeploymentsReady deployments,
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.deployments = deployments;
        metadata = new Metadata(name, version, List.of());
    }

    @GET
    public Metadata metadata() {
        return metadata;
    }

    @GET
    @Path("/health/live")
    public Live live() {
        return new Live(true);
    }

    /// The protocol wants a status of 4xx for 'not ready'; clients go by that alone.
    @GET
    @Path("/health/ready")
    public RestResponse<Ready> ready() {
        boolean ready = deployments.isReady();
        return RestResponse.status(ready ? Status.OK : Status.BAD_REQUEST, new Ready(ready));
    }
}
