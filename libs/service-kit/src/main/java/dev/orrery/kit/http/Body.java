package dev.orrery.kit.http;

import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A body on its way in, and the room it holds until its request is answered.
public final class Body {

    private final Arrival arrival;
    private final long since;
    private final long room;
    private final long announced;
    private final AtomicBoolean left = new AtomicBoolean();
    private long seen;
    private long seenAt;
    private boolean told;

    /// @param since     nanoseconds of the system's clock
    /// @param room      bytes of the budget that it holds
    /// @param announced how long it said it is, in bytes, or [BodyLength#UNKNOWN]
    Body(Arrival arrival, long since, long room, long announced) {
        this.arrival = arrival;
        this.since = since;
        this.seenAt = since;
        this.room = room;
        this.announced = announced;
    }

    long room() {
        return room;
    }

    /// True once: whoever is told so gives the room back.
    boolean leaves() {
        return left.compareAndSet(false, true);
    }

    boolean isAnswered() {
        return arrival.isOver();
    }

    /// Ends what takes too long or grows too large. The server reads no more of it, so its connection is over.
    /// Called by one thread.
    ///
    /// @return why it was ended; null where it was not
    Shed.Reason check(BodyLimits limits, long now) {
        long received = arrival.received();
        if (told || arrival.isComplete() || (announced != BodyLength.UNKNOWN && received >= announced)) {
            // Here, though perhaps not read yet, which is not its sender's fault.
            return null;
        }
        if (received > seen) {
            seen = received;
            seenAt = now;
        }
        told = true;
        if (announced == BodyLength.UNKNOWN && received > limits.unannounced()) {
            arrival.end(
                    Status.REQUEST_ENTITY_TOO_LARGE,
                    "A body that does not announce its length may have %d bytes; send a Content-Length."
                            .formatted(limits.unannounced()));
            return Shed.Reason.LARGE_BODY;
        }
        if (limits.tooSlow(received, Duration.ofNanos(now - since), Duration.ofNanos(now - seenAt))) {
            arrival.end(
                    Status.REQUEST_TIMEOUT,
                    "The body came too slowly: %d bytes in %d seconds. Send it again."
                            .formatted(received, (now - since) / 1_000_000_000));
            return Shed.Reason.SLOW_BODY;
        }
        told = false;
        return null;
    }
}
