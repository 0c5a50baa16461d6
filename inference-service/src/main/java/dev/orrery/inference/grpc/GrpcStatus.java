package dev.orrery.inference.grpc;

/// The outcomes of a call, of those that gRPC has, with their numbers on the wire.
enum GrpcStatus {
    OK(0),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14);

    private final int number;

    GrpcStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
