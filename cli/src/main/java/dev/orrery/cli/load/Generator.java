package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Sends a load and records what comes of it. One thread sends when requests are due, another reads: together they
/// leave
/// most of the machine to who answers.
public final class Generator implements AutoCloseable {

    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Plan plan;
    private final Answers answers;
    private final Recording sending;
    private final Thread pacer;
    private final Thread reader;
    private final long begin;
    private final long end;
    private volatile Throwable broken;
    private int next;

    /// Opens all connections and begins.
    ///
    /// @throws Failure when nobody listens
    public Generator(Plan plan) {
        this.plan = plan;
        answers = new Answers(plan);
        begin = System.nanoTime() + BREATH_NANOS;
        long measured = begin + plan.warmUp().toNanos();
        end = measured + plan.duration().toNanos();
        sending = new Recording(measured, end);
        answers.expect(new Recording(measured, end), begin, end);
        reader = thread("load-read", answers::read);
        pacer = thread("load-send", this::pace);
        reader.start();
        pacer.start();
    }

    /// Sends a load to its end.
    public static Run run(Plan plan) {
        try (Generator generator = new Generator(plan)) {
            return Run.of(generator.finish());
        }
    }

    private Thread thread(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | RuntimeException | Error e) {
                        broken = e;
                        answers.stop();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private interface Task {
        void run() throws IOException;
    }

    /// When the measuring begins, in nanoseconds of [System#nanoTime].
    long begins() {
        return end - plan.duration().toNanos();
    }

    /// When the last request is due.
    long ends() {
        return end;
    }

    /// For who watches meanwhile.
    Recording soFar() {
        return answers.recording();
    }

    /// Waits until every request is answered or given up.
    Recording finish() {
        try {
            pacer.join();
            answers.last();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("the load was interrupted", e);
        }
        if (broken != null) {
            throw new Failure("the load broke off: " + broken, broken);
        }
        answers.recording().add(sending);
        return answers.recording();
    }

    private void pace() {
        if (!(plan.pattern() instanceof Pattern.Open open)) {
            return;
        }
        Arrivals arrivals = open.arrivals();
        for (long due = begin + (long) arrivals.next(); due < end; due = begin + (long) arrivals.next()) {
            if (broken != null) {
                return;
            }
            send(due);
        }
    }

    private void send(long due) {
        long late = Punctual.await(due);
        Link link = answers.links().idle();
        if (link != null) {
            sending.late(due, late);
        } else {
            link = answers.links().idle(end + GRACE_NANOS - System.nanoTime());
        }
        if (link == null) {
            sending.failed(Fault.unsent(), due, System.nanoTime());
            return;
        }
        Fault fault = Links.ask(link, plan.wire().bodies().get(turn()), due);
        if (fault != null) {
            sending.failed(fault, due, System.nanoTime());
            answers.links().release(link);
        }
    }

    private int turn() {
        next = next + 1 < plan.wire().bodies().size() ? next + 1 : 0;
        return next;
    }

    @Override
    public void close() {
        answers.stop();
    }
}
