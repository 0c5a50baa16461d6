package dev.orrery.kit.consumer;

/// Something that a service's consumers cannot work without, and that may be away for a while. Every bean of this type
/// is asked when an event could not be dealt with: while one is away, that is the reason, and the event waits.
public interface Neighbour {

    /// What it is, in an error: `the database`.
    String name();

    /// Returns when it is there.
    ///
    /// @throws Exception when it is not
    void ask() throws Exception;
}
