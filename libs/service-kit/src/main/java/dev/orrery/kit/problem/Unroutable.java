package dev.orrery.kit.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response.StatusType;

/// What to say of a request that no operation takes.
final class Unroutable {

    private Unroutable() {}

    static String describe(StatusType status, ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return switch (status.getStatusCode()) {
            case 404 -> "There is nothing at %s. /q/swagger-ui shows what there is.".formatted(path);
            case 405 -> "%s is not possible at %s. /q/swagger-ui shows what is.".formatted(request.getMethod(), path);
            case 406 -> "%s has no answer of a type that Accept names.".formatted(path);
            case 415 ->
                "%s does not take a body of type %s. /q/swagger-ui shows which types it takes."
                        .formatted(path, request.getHeaderString("Content-Type"));
            default -> status.getReasonPhrase() + ".";
        };
    }
}
