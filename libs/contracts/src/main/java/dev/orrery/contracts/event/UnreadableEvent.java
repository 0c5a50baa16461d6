package dev.orrery.contracts.event;

/// A record that is not an event of ours. A consumer that meets one dead-letters it.
public class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }
}
