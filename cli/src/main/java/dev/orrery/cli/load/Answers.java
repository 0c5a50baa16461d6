package dev.orrery.cli.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;

/// Reads what comes over the connections of a load, on one thread. In the closed model it also asks again.
final class Answers {

    private static final int TICK_MILLIS = 20;
    /// Every so many answers one is read whole; the others are glanced at.
    private static final int READ_WHOLE_EVERY = 64;

    private final Plan plan;
    private final boolean closed;
    private final Links links;
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
        links = new Links(plan);
    }

    /// @param begin when the load begins, and `end` when it ends, in nanoseconds of [System#nanoTime]
    void expect(Recording recording, long begin, long end) {
        this.recording = recording;
        this.begin = begin;
        this.end = end;
    }

    Links links() {
        return links;
    }

    Recording recording() {
        return recording;
    }

    /// Nothing is sent any more: it ends with the last answer.
    void last() {
        last = true;
        links.selector().wakeup();
    }

    void stop() {
        stopped = true;
        links.selector().wakeup();
    }

    void read() throws IOException {
        long ticked = System.nanoTime();
        askIdle();
        while (!stopped && !(last && isOver())) {
            links.selector().select(TICK_MILLIS);
            for (SelectionKey key : links.selector().selectedKeys()) {
                take((Link) key.attachment(), key);
            }
            links.selector().selectedKeys().clear();
            if (System.nanoTime() - ticked > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                giveUp();
                askIdle();
                ticked = System.nanoTime();
            }
        }
        links.close();
    }

    private boolean isOver() {
        return (!closed || System.nanoTime() >= end) && links.noneIsBusy();
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
        links.release(link);
    }

    /// Closes connections that have waited for too long.
    private void giveUp() {
        long now = System.nanoTime();
        for (Link link : links.all()) {
            if (link.isBusy() && now - link.sent() > plan.timeout().toNanos()) {
                failed(link, Fault.timeout(plan.timeout().toMillis()));
            }
        }
    }

    private void next(Link link) {
        if (!closed) {
            links.release(link);
        } else if (System.nanoTime() < end) {
            again(link);
        }
    }

    /// In the closed model, at the beginning and for connections that were lost: whoever is idle asks.
    private void askIdle() {
        long now = System.nanoTime();
        if (closed && now >= begin && now < end) {
            links.takeIdle().forEach(this::again);
        }
    }

    private void again(Link link) {
        long now = System.nanoTime();
        turn = turn + 1 < plan.wire().bodies().size() ? turn + 1 : 0;
        Fault fault = Links.ask(link, plan.wire().bodies().get(turn), now);
        if (fault != null) {
            recording.failed(fault, now, System.nanoTime());
            links.release(link);
        }
    }
}
