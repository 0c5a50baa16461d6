package dev.orrery.training.registration;

/// The registry did not answer, or not sensibly. A later attempt may succeed.
public class RegistryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
