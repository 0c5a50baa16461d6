package dev.orrery.kit.http;

import jakarta.ws.rs.core.Response.Status;

/// A body that is on its way in.
public interface Arrival {

    /// Bytes that have come so far.
    long received();

    /// Whether its sender owes nothing more.
    boolean isComplete();

    /// Whether its request was answered, or is gone.
    boolean isOver();

    /// Answers the request now, and reads no more of it.
    ///
    /// @param detail what is wrong, for the sender
    void end(Status status, String detail);
}
