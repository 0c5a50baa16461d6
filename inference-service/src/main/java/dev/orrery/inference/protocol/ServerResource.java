package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.DeploymentsReady;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// The Open Inference Protocol v2, about the server as a whole.
@Path("/v2")
@RunOnVirtualThread
class ServerResource {

    record ServerLive(boolean live) {}

    record ServerReady(boolean ready) {}

    private final DeploymentsReady deployments;
    private final ServerMetadata metadata;

    ServerResource(
            @Readiness DeploymentsReady deployments,
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.deployments = deployments;
        metadata = new ServerMetadata(
                name,
                version,
                List.of("binary_tensor_data", ModelConfig.EXTENSION, ModelRepository.EXTENSION, Statistics.EXTENSION));
    }

    @GET
    @Operation(operationId = "serverMetadata", summary = "Who answers, and which extensions it has")
    public ServerMetadata metadata() {
        return metadata;
    }

    @GET
    @Path("/health/live")
    @Operation(operationId = "serverLive", summary = "Whether the server lives")
    public ServerLive live() {
        return new ServerLive(true);
    }

    /// The protocol wants a status of 4xx for 'not ready'; clients go by that alone.
    @GET
    @Path("/health/ready")
    @Operation(operationId = "serverReady", summary = "Whether the server does all that it can do")
    @APIResponse(responseCode = "200", description = "It does; single models may still be on their way")
    @APIResponse(responseCode = "400", description = "It is still restoring models or reading what it should serve")
    public RestResponse<ServerReady> ready() {
        boolean ready = deployments.isReady();
        return RestResponse.status(ready ? Status.OK : Status.BAD_REQUEST, new ServerReady(ready));
    }
}
