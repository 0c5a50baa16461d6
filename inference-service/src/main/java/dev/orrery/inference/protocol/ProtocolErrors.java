package dev.orrery.inference.protocol;

import dev.orrery.contracts.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/// Below `/v2` a problem leaves in the protocol's own form, with the status it has: `{"error": "…"}`.
@Provider
class ProtocolErrors implements ContainerResponseFilter {

    record Failure(String error) {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (covers(request.getUriInfo().getPath()) && response.getEntity() instanceof Problem problem) {
            response.setEntity(
                    new Failure(problem.detail()), response.getEntityAnnotations(), MediaType.APPLICATION_JSON_TYPE);
        }
    }

    static boolean covers(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }
}
