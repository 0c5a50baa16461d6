package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
            await(process, PATIENCE);
        });
        boolean leftovers =
                state.isPresent() && stopLeftovers(PlatformState.read(home).orElse(state.get()));
        return supervisor.isPresent() || leftovers;
    }

    /// Processes that outlived a killed supervisor, last started first, the guard before them all.
    private boolean stopLeftovers(PlatformState state) {
        List<ProcessHandle> left = leftovers(state);
        if (left.isEmpty()) {
            return false;
        }
        out.println("Stopping what a killed supervisor left behind: %d processes".formatted(left.size()));
        for (ProcessHandle process : left) {
            process.destroy();
            await(process, LEFTOVER_PATIENCE);
        }
        return true;
    }

    private static List<ProcessHandle> leftovers(PlatformState state) {
        List<ProcessId> children = new ArrayList<>(state.parts().stream()
                .sorted(Comparator.comparing(PlatformState.Child::part).reversed())
                .map(PlatformState.Child::process)
                .filter(Objects::nonNull)
                .toList());
        return Stream.concat(Stream.ofNullable(state.guard()), children.stream())
                .flatMap(process -> process.handle().stream())
                .toList();
    }

    private static void await(ProcessHandle process, Duration patience) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        exit.completeOnTimeout(process, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (process.isAlive() && !process.destroyForcibly()) {
            throw new Failure("process %d does not stop; is it yours?".formatted(process.pid()));
        }
    }
}
