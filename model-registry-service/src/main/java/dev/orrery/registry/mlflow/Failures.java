package dev.orrery.registry.mlflow;

import dev.orrery.contracts.problem.Problem;
import dev.orrery.registry.mlflow.MlflowError.Code;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// How failures leave below MLflow's paths. Those that are not MLflow's own arrive as the platform's problems and are
/// put into MLflow's words here.
class Failures {

    private static final int UNSUPPORTED = Status.UNSUPPORTED_MEDIA_TYPE.getStatusCode();

    @ServerExceptionMapper
    Response map(MlflowError e) {
        return Response.status(e.code().status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(e.code().name(), e.getMessage()))
                .build();
    }

    @ServerResponseFilter
    void translate(ContainerRequestContext request, ContainerResponseContext response, ResourceInfo resource) {
        if (!(response.getEntity() instanceof Problem problem) || !Mlflow.isBelow(request)) {
            return;
        }
        boolean unsupported = problem.status() == UNSUPPORTED;
        String message =
                unsupported ? "Bad Request. Content-Type must be one of ['application/json']." : problem.detail();
        Code code = code(problem.status(), resource.getResourceMethod() != null);
        response.setStatus(unsupported ? Status.BAD_REQUEST.getStatusCode() : problem.status());
        response.setEntity(new ErrorBody(code.name(), message), null, MediaType.APPLICATION_JSON_TYPE);
    }

    private static Code code(int status, boolean known) {
        return switch (status) {
            case 404 -> known ? Code.RESOURCE_DOES_NOT_EXIST : Code.ENDPOINT_NOT_FOUND;
            case 409 -> Code.RESOURCE_CONFLICT;
            case 400, 415 -> Code.INVALID_PARAMETER_VALUE;
            case 500 -> Code.INTERNAL_ERROR;
            case 503 -> Code.TEMPORARILY_UNAVAILABLE;
            default -> Code.BAD_REQUEST;
        };
    }
}
