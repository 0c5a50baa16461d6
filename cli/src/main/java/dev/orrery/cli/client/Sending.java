package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.client.CsvTable.Row;
import dev.orrery.cli.client.Inference.Answer;
import dev.orrery.cli.client.Inference.Prediction;
import dev.orrery.cli.client.SendCounts.RowFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// Rows of a file on their way to an endpoint, a request's worth in memory at a time. A row that is refused takes no
/// other with it.
final class Sending {

    private static final int FAILURES_TOLD = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAUSE_MILLIS = 200;
    /// Beyond, requests that are due wait: what answers so late would only be buried.
    private static final int MOST_UNDER_WAY = 256;
    /// Where a service saw the fault: in the request, not in the file.
    private static final Pattern PLACE = Pattern.compile("^(Line|Row) \\d+(, |: | )");

    private final Inference inference;
    private final String endpoint;
    private final CsvTable table;
    private final Pace pace;
    private final Labels labels;
    private final Story story;
    private final List<RowFailure> failures = new ArrayList<>();
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final AtomicReference<RuntimeException> problem = new AtomicReference<>();
    private long dispatched;
    private long rows;
    private long yes;
    private long no;
    private long failed;

    /// @param labels takes the label's column out of what is sent, where there is one
    Sending(Inference inference, String endpoint, CsvTable table, Pace pace, Labels labels, Story story) {
        this.inference = inference;
        this.endpoint = endpoint;
        this.table = table;
        this.pace = pace;
        this.labels = labels;
        this.story = story;
    }

    /// Sends all. At a rate, each request is sent when it is due, whether those before it are answered or not: who
    /// waits
    /// for answers sends less the slower they come, and is no live traffic.
    ///
    /// @param total how many there are
    void send(long total) {
        rows = total;
        List<Row> request = new ArrayList<>(pace.atOnce());
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            table.forEach(row -> {
                request.add(row);
                if (request.size() == pace.atOnce()) {
                    dispatch(List.copyOf(request), senders);
                    request.clear();
                }
            });
            if (!request.isEmpty()) {
                dispatch(List.copyOf(request), senders);
            }
        }
        requireNoProblem();
    }

    private void dispatch(List<Row> request, ExecutorService senders) {
        requireNoProblem();
        pace.await(dispatched);
        boolean first = dispatched == 0;
        dispatched += request.size();
        if (first || !pace.isGiven()) {
            send(request);
            return;
        }
        underWay.acquireUninterruptibly();
        senders.execute(() -> {
            try {
                send(request);
            } catch (RuntimeException e) {
                problem.compareAndSet(null, e);
            } finally {
                underWay.release();
            }
        });
    }

    private void requireNoProblem() {
        if (problem.get() != null) {
            throw problem.get();
        }
    }

    /// As it stands.
    synchronized SendCounts counts() {
        return new SendCounts(endpoint, rows, yes, no, failed, pace.seconds(), List.copyOf(failures));
    }

    private void send(List<Row> request) {
        ask(request);
        SendCounts now = counts();
        if (now.failed() == request.size() && now.sent() == request.size() && now.failed() < rows) {
            throw new Failure("none of the first %d rows could be answered, so the rest is not sent. Line %d: %s"
                    .formatted(
                            request.size(),
                            failures.getFirst().line(),
                            failures.getFirst().reason()));
        }
        synchronized (this) {
            story.progress("rows sent", now.sent(), rows);
        }
    }

    private void ask(List<Row> request) {
        try {
            count(request, patiently(table.text(request, labels.place())));
        } catch (ServiceProblem e) {
            if (!e.isAboutWhatWasSent()) {
                throw e;
            }
            if (request.size() == 1) {
                fail(request.getFirst(), e.getMessage());
            } else {
                int half = request.size() / 2;
                ask(request.subList(0, half));
                ask(request.subList(half, request.size()));
            }
        }
    }

    /// A service that has too much to do, or is just starting, gets some time.
    private Answer patiently(String csv) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return inference.predict(endpoint, csv);
            } catch (ServiceProblem e) {
                if (!e.isBusy() || System.nanoTime() > deadline) {
                    throw e;
                }
                synchronized (this) {
                    story.waiting("inference: " + e.getMessage());
                }
                pause(e);
            }
        }
    }

    private synchronized void count(List<Row> request, Answer answer) {
        labels.keep(request, answer.predictions());
        long positive =
                answer.predictions().stream().filter(Prediction::decision).count();
        yes += positive;
        no += answer.predictions().size() - positive;
    }

    private synchronized void fail(Row row, String reason) {
        failed++;
        if (failures.size() < FAILURES_TOLD) {
            failures.add(new RowFailure(row.line(), PLACE.matcher(reason).replaceFirst("")));
        }
    }

    private static void pause(ServiceProblem reason) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
