package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Stops a platform from outside: asks its supervisor, and sees to it that nothing is left whatever became of that one.
final class Shutdown {

    /// More than the supervisor itself allows all of its children together.
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(10);

    private final Home home;
    private final PrintStream out;

    Shutdown(Home home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    /// @return whether there was anything to stop
    boolean run() {
        Optional<PlatformState> state = PlatformState.read(home);
        Optional<ProcessHandle> supervisor =
                state.flatMap(known -> known.supervisor().handle());
        supervisor.ifPresent(process -> {
            process.destroy();
            await(List.of(process), PATIENCE);
        });
        return state.isPresent() && stopLeftovers() || supervisor.isPresent();
    }

    /// Processes that outlived a killed supervisor. Its guard is about to stop them; whatever happened to that one too,
    /// they are gone in the end: services first, then Kafka, then PostgreSQL.
    private boolean stopLeftovers() {
        PlatformState state = PlatformState.read(home).orElseThrow();
        List<ProcessHandle> left = running(state, part -> true);
        if (left.isEmpty()) {
            return false;
        }
        out.println("Stopping what a killed supervisor left behind: %d processes".formatted(left.size()));
        Optional.ofNullable(state.guard())
                .flatMap(ProcessId::handle)
                .ifPresent(guard -> await(List.of(guard), PATIENCE));
        stop(running(state, Part::isService));
        stop(running(state, Part.KAFKA::equals));
        stop(running(state, Part.POSTGRES::equals));
        return true;
    }

    private static List<ProcessHandle> running(PlatformState state, Predicate<Part> which) {
        return state.parts().stream()
                .filter(child -> which.test(child.part()))
                .map(PlatformState.Child::process)
                .filter(Objects::nonNull)
                .flatMap(process -> process.handle().stream())
                .toList();
    }

    private static void stop(List<ProcessHandle> together) {
        together.forEach(ProcessHandle::destroy);
        await(together, LEFTOVER_PATIENCE);
    }

    private static void await(List<ProcessHandle> together, Duration patience) {
        CompletableFuture.allOf(together.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        for (ProcessHandle process : together) {
            if (process.isAlive() && !process.destroyForcibly()) {
                throw new Failure("process %d does not stop; is it yours?".formatted(process.pid()));
            }
        }
    }
}
