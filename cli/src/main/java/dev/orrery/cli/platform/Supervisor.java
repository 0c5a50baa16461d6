package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts the parts in order, starts again what dies, and stops all in the reverse order.
final class Supervisor implements AutoCloseable {

    /// Services that start at the same time. More would only wait for each other's processor.
    private static final int AT_ONCE = Math.max(3, Runtime.getRuntime().availableProcessors());

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private static final int TICKS_PER_TRIM = 100;

    private final Home home;
    private final List<Worker> workers;
    private final Announcer announcer;
    private final Requests requests;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile Phase phase = Phase.STARTING;
    private String problem;
    private long ticks;

    Supervisor(Home home, List<Worker> workers, Announcer announcer) {
        this.home = home;
        requests = Requests.of(home);
        this.workers = List.copyOf(workers);
        this.announcer = announcer;
    }

    /// Returns when everything has stopped.
    ///
    /// @throws Failure when a part did not come up
    void run() throws InterruptedException {
        do {
            try {
                tick();
            } catch (RuntimeException e) {
                announcer.complain(e);
            }
        } while (!stopped.await(phase == Phase.STARTING ? 50 : 200, TimeUnit.MILLISECONDS));
        if (problem != null) {
            throw new Failure(problem);
        }
    }

    /// One look at all parts.
    synchronized void tick() {
        if (phase != Phase.STARTING && phase != Phase.RUNNING) {
            return;
        }
        workers.forEach(this::answer);
        workers.forEach(Worker::tick);
        waiting().forEach(Worker::begin);
        if (phase == Phase.STARTING && workers.stream().allMatch(Supervisor::isSettled)) {
            phase = Phase.RUNNING;
        }
        publish();
        trimLogs();
        if (phase == Phase.STARTING) {
            workers.stream().filter(Worker::isHopeless).findFirst().ifPresent(this::fail);
        }
    }

    private static boolean isSettled(Worker worker) {
        return worker.status() == Status.UP || worker.status() == Status.HELD;
    }

    /// Does what other commands have asked for.
    private void answer(Worker worker) {
        Optional<ProcessId> holder = requests.holder(worker.part());
        boolean held = worker.status() == Status.HELD;
        if (holder.isPresent() && !held) {
            worker.hold("held for process " + holder.get().pid());
        } else if (holder.isEmpty() && held) {
            worker.release();
        } else if (holder.isEmpty() && requests.takeRestart(worker.part())) {
            worker.restart();
        }
    }

    private void trimLogs() {
        if (ticks++ % TICKS_PER_TRIM == 0) {
            workers.forEach(worker -> LogFile.trim(home.log(worker.part().title())));
        }
    }

    /// The parts whose turn it is: the services wait for PostgreSQL and Kafka, and for each other's processor.
    private List<Worker> waiting() {
        Stream<Worker> waiting = workers.stream().filter(worker -> worker.status() == Status.WAITING);
        boolean ready = workers.stream()
                .filter(worker -> !worker.part().isService())
                .allMatch(worker -> worker.status() == Status.UP);
        if (!ready) {
            return waiting.filter(worker -> !worker.part().isService()).toList();
        }
        long busy = workers.stream()
                .filter(worker -> worker.status() == Status.STARTING)
                .count();
        return waiting.limit(Math.max(0, AT_ONCE - busy)).toList();
    }

    private void fail(Worker worker) {
        String title = worker.part().title();
        problem = "%s does not start: %s\n%s\n  The whole log: %s"
                .formatted(
                        title,
                        worker.state().note(),
                        LogFile.tail(home.log(title), 15).indent(4).stripTrailing(),
                        home.log(title));
        close();
    }

    /// Stops all parts: services first, then what they stand on. Safe to call at any time, from any thread.
    @Override
    public synchronized void close() {
        if (phase == Phase.STOPPED || phase == Phase.FAILED) {
            return;
        }
        phase = Phase.STOPPING;
        publish();
        stop(workers.stream().filter(worker -> worker.part().isService()).toList());
        stop(workers.stream().filter(worker -> !worker.part().isService()).toList());
        phase = problem == null ? Phase.STOPPED : Phase.FAILED;
        publish();
        stopped.countDown();
    }

    private void stop(List<Worker> together) {
        together.forEach(Worker::askToStop);
        together.forEach(worker -> worker.awaitStop(STOP_PATIENCE));
        publish();
    }

    private void publish() {
        announcer.say(phase, null, problem, workers.stream().map(Worker::state).toList());
    }
}
