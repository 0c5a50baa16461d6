package dev.orrery.inference.endpoint;

/// A deployment that trying again cannot help. The message says why.
class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason);
    }

    Refused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
