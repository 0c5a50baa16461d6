package dev.orrery.inference.admission;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.kit.http.Shed;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/// Turns requests away, each at once, while more come than can be answered in good time.
@Singleton
public class Overload {

    /// How often the length of a loop's pass is measured, while requests come.
    private static final long TICK_NANOS = 10_000_000;

    private final InferenceConfig.AdmissionConfig config;
    private final Shed shed;
    private final FastThreadLocal<Loop> loops = new FastThreadLocal<>();

    Overload(InferenceConfig config, Shed shed) {
        this.config = config.admission();
        this.shed = shed;
    }

    /// Called on the event loop that a request has come to.
    ///
    /// @throws Refused when it is turned away
    public void admit() {
        if (!admits()) {
            shed.count(Shed.Reason.OVERLOAD);
            throw new Refused(
                    Shed.Reason.OVERLOAD, "More is asked than can be answered in good time; ask again in a second.");
        }
    }

    private boolean admits() {
        Loop loop = loops.get();
        if (loop == null) {
            if (!(Vertx.currentContext() instanceof ContextInternal context) || !context.isEventLoopContext()) {
                return true;
            }
            loop = new Loop(context.nettyEventLoop());
            loops.set(loop);
        }
        return loop.admits();
    }

    /// One event loop, which measures itself: a task that is due in a moment runs when the pass at hand is over.
    private final class Loop implements Runnable {

        private final EventLoop loop;
        private final Throttle throttle =
                new Throttle(config.target().toNanos(), config.standing().toNanos(), config.few());
        private boolean watching;
        private long due;

        private Loop(EventLoop loop) {
            this.loop = loop;
        }

        private boolean admits() {
            if (!watching) {
                watching = true;
                next();
            }
            return throttle.admits();
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            watching = !throttle.isIdle();
            throttle.passed(now, now - due);
            if (watching) {
                next();
            }
        }

        private void next() {
            due = System.nanoTime() + TICK_NANOS;
            loop.schedule(this, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }
}
