package dev.orrery.cli.platform;

import java.net.URI;
import java.util.function.Function;

/// Real work for a platform whose start-up caches are being recorded: they keep which methods were busy and how, so
/// that the same work is fast from a later start on.
@FunctionalInterface
public interface Rehearsal {

    /// Returns when the work is done.
    ///
    /// @param address where a service answers, without a slash at the end
    /// @throws RuntimeException when the platform did not do as it should; what was recorded until then is of use
    void perform(Function<Part, URI> address);
}
