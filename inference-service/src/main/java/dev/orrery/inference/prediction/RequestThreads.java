package dev.orrery.inference.prediction;

import dev.orrery.inference.admission.Deadline;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.admission.LargeRequests;
import dev.orrery.inference.admission.Refused;
import dev.orrery.inference.admission.TurnedAway;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// Which thread answers. A small request is answered on the event loop that read it, for nothing on its way waits:
/// measured with one row over HTTP, with load generator, prediction log and broker on the same two cores, that is 60 µs
/// instead of 170 µs at the median and 19,000 requests a second instead of 9,000 on virtual threads. A large one would
/// hold up the small ones behind it, so it goes to a virtual thread, and few at a time, because each takes many times
/// its body in memory.
@Singleton
public class RequestThreads {

    private static final int SMALL_BYTES = 16 << 10;

    private final ExecutorService virtualThreads;
    private final LargeRequests large;
    private final Event<TurnedAway> turnedAway;

    RequestThreads(@VirtualThreads ExecutorService virtualThreads, LargeRequests large, Event<TurnedAway> turnedAway) {
        this.turnedAway = turnedAway;
        this.virtualThreads = virtualThreads;
        this.large = large;
    }

    /// Whether a body of so many bytes is read by the event loop.
    static boolean isSmall(long bytes) {
        return bytes >= 0 && bytes <= SMALL_BYTES;
    }

    /// Does the work for the request over HTTP at hand.
    public <T> Uni<T> answer(byte[] body, Supplier<T> work) {
        return answer(body.length, Deadlines.current(), work);
    }

    /// Does the work on this thread, or, where it is large, in its turn on another.
    ///
    /// @param bytes of the request's body
    public <T> Uni<T> answer(long bytes, Deadline deadline, Supplier<T> work) {
        if (isSmall(bytes)) {
            return Uni.createFrom().item(() -> {
                deadline.require(System.nanoTime());
                return work.get();
            });
        }
        String path = Caller.path();
        LargeRequests.Place place = told(path, () -> large.enter(bytes, deadline));
        Supplier<T> known = Caller.with(work);
        return Uni.createFrom()
                .item(() -> told(path, () -> place.inTurn(known)))
                .runSubscriptionOn(virtualThreads);
    }

    /// Tells of a request that is turned away here.
    private <T> T told(String path, Supplier<T> step) {
        try {
            return step.get();
        } catch (Refused e) {
            if (path != null) {
                turnedAway.fire(new TurnedAway(path, e.getMessage()));
            }
            throw e;
        }
    }
}
