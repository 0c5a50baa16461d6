package dev.orrery.cli.load;

/// Why a request has no good answer.
///
/// @param kind   what is counted: few different ones
/// @param detail what was seen, for a person
record Fault(String kind, String detail) {

    static final String UNSENT = "not sent in time";
    static final String TIMEOUT = "no answer in time";

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int LONGEST = 200;

    static Fault connect(String why) {
        return new Fault("cannot connect", why);
    }

    static Fault timeout(long millis) {
        return new Fault(TIMEOUT, "nothing came within %,d ms".formatted(millis));
    }

    static Fault hungUp(String why) {
        return new Fault("hung up", why);
    }

    static Fault malformed(String why) {
        return new Fault("malformed answer", why);
    }

    static Fault unsent() {
        return new Fault(UNSENT, "all connections were waiting for answers until the end");
    }

    static Fault status(int status, String body) {
        String said = body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "…";
        boolean shed = status == TOO_MANY || status == UNAVAILABLE;
        return new Fault((shed ? "turned away, " : "status ") + status, said);
    }

    /// What gRPC says beside HTTP: RESOURCE_EXHAUSTED and UNAVAILABLE are its 429 and 503.
    static Fault grpc(int status, String message) {
        boolean shed = status == GrpcStatus.RESOURCE_EXHAUSTED || status == GrpcStatus.UNAVAILABLE;
        return new Fault((shed ? "turned away, gRPC " : "gRPC status ") + status, message);
    }

    /// Whether its wait is known to be at least so long, so that leaving it out would make the tail look short.
    boolean waited() {
        return kind.equals(UNSENT) || kind.equals(TIMEOUT);
    }
}
