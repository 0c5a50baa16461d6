package dev.orrery.validation.judging;

/// A record that is neither valid nor broken, because it cannot be judged at all. The message says why.
class Unjudgeable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unjudgeable(String message) {
        super(message, null, false, false);
    }
}
