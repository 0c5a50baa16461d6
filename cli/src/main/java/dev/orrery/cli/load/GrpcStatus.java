package dev.orrery.cli.load;

/// The few of gRPC's status numbers that mean something here.
final class GrpcStatus {

    static final int OK = 0;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int UNAVAILABLE = 14;

    private GrpcStatus() {}
}
