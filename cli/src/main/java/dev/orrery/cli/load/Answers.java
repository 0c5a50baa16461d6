package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The connections of a load, and the thread that reads what comes over them. In the closed model it also asks again.
final class Answers {

    private static final int TICK_MILLIS = 20;
    /// Every so many answers one is read whole; the others are glanced at.
    private static final int READ_WHOLE_EVERY = 64;

    private final Plan plan;
    private final boolean closed;
    private final Selector selector;
    private final List<Link> links = new ArrayList<>();
    private final BlockingQueue<Link> idle = new LinkedBlockingQueue<>();
    private Recording recording;
    private long begin;
    private long end;
    private long answers;
    private int turn;
    private volatile boolean last;
    private volatile boolean stopped;

    Answers(Plan plan) {
        this.plan = plan;
        closed = plan.pattern() instanceof Pattern.Closed;
        try {
            selector = Selector.open();
            for (int i = 0; i < plan.connections(); i++) {
                Link link = Link.of(plan.wire(), selector);
                links.add(link);
                link.connect();
                idle.add(link);
            }
        } catch (IOException e) {
            links.forEach(Link::close);
            throw new Failure(
                    "nobody can be reached at %s: %s".formatted(plan.wire().authority(), e.getMessage()), e);
        }
    }

    /// @param begin when the load begins, and `end` when it ends, in nanoseconds of [System#nanoTime]
    void expect(Recording recording, long begin, long end) {
        this.recording = recording;
        this.begin = begin;
        this.end = end;
    }

    Recording recording() {
        return recording;
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

    /// Nothing is sent any more: it ends with the last answer.
    void last() {
        last = true;
        selector.wakeup();
    }

    void stop() {
        stopped = true;
        selector.wakeup();
    }

    void read() throws IOException {
        long ticked = System.nanoTime();
        askIdle();
        while (!stopped && !(last && isOver())) {
            selector.select(TICK_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                take((Link) key.attachment(), key);
            }
            selector.selectedKeys().clear();
            if (System.nanoTime() - ticked > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                giveUp();
                askIdle();
                ticked = System.nanoTime();
            }
        }
        links.forEach(Link::close);
        selector.close();
    }

    private boolean isOver() {
        return (!closed || System.nanoTime() >= end) && links.stream().noneMatch(Link::isBusy);
    }

    private void take(Link link, SelectionKey key) {
        try {
            if (key.isValid() && key.isWritable()) {
                link.flush();
            }
            if (key.isValid() && key.isReadable() && link.read() && link.isBusy()) {
                answered(link);
            }
        } catch (ProtocolException e) {
            failed(link, Fault.malformed(e.getMessage()));
        } catch (IOException e) {
            if (link.isBusy()) {
                failed(link, Fault.hungUp(e.getMessage()));
            } else {
                link.closeUnlessBusy();
            }
        }
    }

    private void answered(Link link) {
        long now = System.nanoTime();
        Fault fault = link.fault(answers++ % READ_WHOLE_EVERY == 0);
        if (fault == null) {
            recording.answered(link.due(), link.sent(), now);
        } else {
            recording.failed(fault, link.due(), now);
        }
        boolean open = link.staysOpen();
        link.rest();
        if (!open) {
            link.close();
        }
        next(link);
    }

    private void failed(Link link, Fault fault) {
        recording.failed(fault, link.due(), System.nanoTime());
        link.close();
        release(link);
    }

    /// Closes connections that have waited for too long.
    private void giveUp() {
        long now = System.nanoTime();
        for (Link link : links) {
            if (link.isBusy() && now - link.sent() > plan.timeout().toNanos()) {
                failed(link, Fault.timeout(plan.timeout().toMillis()));
            }
        }
    }

    private void next(Link link) {
        if (!closed) {
            release(link);
        } else if (System.nanoTime() < end) {
            again(link);
        }
    }

    /// In the closed model, at the beginning and for connections that were lost: whoever is idle asks.
    private void askIdle() {
        long now = System.nanoTime();
        if (closed && now >= begin && now < end) {
            List<Link> waiting = new ArrayList<>();
            idle.drainTo(waiting);
            waiting.forEach(this::again);
        }
    }

    private void again(Link link) {
        long now = System.nanoTime();
        turn = turn + 1 < plan.wire().bodies().size() ? turn + 1 : 0;
        Fault fault = ask(link, plan.wire().bodies().get(turn), now);
        if (fault != null) {
            recording.failed(fault, now, System.nanoTime());
            release(link);
        }
    }
}
