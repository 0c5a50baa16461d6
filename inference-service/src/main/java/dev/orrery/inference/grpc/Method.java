package dev.orrery.inference.grpc;

/// What a call asks for.
///
/// @param template how metrics name it
/// @param stream   whether the caller may send several messages, each of which is answered
/// @param predicts whether it predicts, and so may be turned away when too much is asked
/// @param answer   takes a message and gives the answer's
record Method(String template, boolean stream, boolean predicts, Answering answer) {

    /// Answers a message, or throws why not.
    @FunctionalInterface
    interface Answering {
        WireWriter answer(WireReader message);
    }
}
