package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The connections of a load, and which of them are free. They are used in turn, as a server that spreads them over its
/// threads expects.
final class Links {

    private final Selector selector;
    private final List<Link> all = new ArrayList<>();
    private final BlockingQueue<Link> idle = new LinkedBlockingQueue<>();

    /// Opens them.
    ///
    /// @throws Failure when nobody listens
    Links(Plan plan) {
        try {
            selector = Selector.open();
            for (int i = 0; i < plan.connections(); i++) {
                Link link = Link.of(plan.wire(), selector);
                all.add(link);
                link.connect();
                idle.add(link);
            }
        } catch (IOException e) {
            all.forEach(Link::close);
            throw new Failure(
                    "nobody can be reached at %s: %s".formatted(plan.wire().authority(), e.getMessage()), e);
        }
    }

    Selector selector() {
        return selector;
    }

    List<Link> all() {
        return all;
    }

    boolean noneIsBusy() {
        return all.stream().noneMatch(Link::isBusy);
    }

    /// A connection over which nothing is under way, or null.
    Link idle() {
        return idle.poll();
    }

    /// The same, waiting for one for so long.
    Link idle(long nanos) {
        try {
            return idle.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    void release(Link link) {
        idle.add(link);
    }

    /// Asks over a connection, opening it anew where it was closed.
    ///
    /// @return why not, or null
    static Fault ask(Link link, Body body, long due) {
        boolean connected = false;
        try {
            link.connect();
            connected = true;
            link.ask(body, due);
            return null;
        } catch (IOException e) {
            link.close();
            return connected ? Fault.hungUp(e.getMessage()) : Fault.connect(e.getMessage());
        }
    }

    /// All over which nothing is under way.
    List<Link> takeIdle() {
        List<Link> taken = new ArrayList<>();
        idle.drainTo(taken);
        return taken;
    }

    void close() throws IOException {
        all.forEach(Link::close);
        selector.close();
    }
}
