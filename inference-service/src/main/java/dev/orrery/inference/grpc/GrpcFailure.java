package dev.orrery.inference.grpc;

import dev.orrery.inference.admission.Overdue;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.Failure;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;

/// A call that ends with another status than OK. The message is for the caller, and the same as over HTTP.
final class GrpcFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GrpcStatus status;

    GrpcFailure(GrpcStatus status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    GrpcStatus status() {
        return status;
    }

    /// What a call ends with when answering it threw.
    static GrpcFailure of(Throwable e) {
        return switch (e) {
            case GrpcFailure failure -> failure;
            case Invalid invalid -> new GrpcFailure(GrpcStatus.INVALID_ARGUMENT, invalid.getMessage());
            case NotFound unknown -> new GrpcFailure(GrpcStatus.NOT_FOUND, unknown.getMessage());
            case Conflict conflict -> new GrpcFailure(GrpcStatus.FAILED_PRECONDITION, conflict.getMessage());
            case Overdue overdue -> new GrpcFailure(GrpcStatus.DEADLINE_EXCEEDED, overdue.getMessage());
            case WebApplicationException web -> new GrpcFailure(status(web), web.getMessage());
            default -> unexpected(e);
        };
    }

    private static GrpcStatus status(WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 400, 422 -> GrpcStatus.INVALID_ARGUMENT;
            case 404 -> GrpcStatus.NOT_FOUND;
            case 408, 504 -> GrpcStatus.DEADLINE_EXCEEDED;
            case 413, 429 -> GrpcStatus.RESOURCE_EXHAUSTED;
            case 501 -> GrpcStatus.UNIMPLEMENTED;
            case 503 -> GrpcStatus.UNAVAILABLE;
            default -> GrpcStatus.INTERNAL;
        };
    }

    private static GrpcFailure unexpected(Throwable e) {
        if (Failure.of(e) == Failure.UNKNOWN) {
            Log.error("A call failed", e);
        }
        return new GrpcFailure(GrpcStatus.INTERNAL, "The service failed; its log says why.");
    }
}
