package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Phase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Tells everybody who has to know how the platform is: the file, the guard, and whoever watches the output.
final class Announcer {

    private final Home home;
    private final Guard guard;
    private final Consumer<PlatformState> audience;
    private final Clock clock;
    private final ProcessId self = ProcessId.of(ProcessHandle.current());

    private Instant since;
    private PlatformState said;
    private boolean written;
    private String complaint;

    Announcer(Home home, Guard guard, Consumer<PlatformState> audience, Clock clock) {
        this.home = home;
        this.guard = guard;
        this.audience = audience;
        this.clock = clock;
    }

    /// Says it, if it is new.
    synchronized void say(Phase phase, String activity, String problem, List<Child> parts) {
        if (said == null || said.phase() != phase) {
            since = clock.instant();
        }
        PlatformState state = new PlatformState(phase, self, guard.process(), since, activity, problem, parts);
        if (!state.equals(said)) {
            said = state;
            guard.watch(parts);
            audience.accept(state);
            written = false;
        }
        if (!written) {
            write(state);
        }
    }

    /// A disk that is full for a while is no reason to stop what runs: it is written again with the next look.
    private void write(PlatformState state) {
        try {
            state.write(home);
            written = true;
        } catch (Failure e) {
            complain(e);
        }
    }

    /// Tells of something that went wrong but is no reason to stop; the same thing once.
    synchronized void complain(RuntimeException e) {
        if (!String.valueOf(e.getMessage()).equals(complaint)) {
            complaint = String.valueOf(e.getMessage());
            System.err.println("orrery: " + (e instanceof Failure ? e.getMessage() : e));
        }
    }

    /// Processes that are not the platform's own yet, which the guard has to know all the same.
    synchronized void lendToGuard(List<Child> parts) {
        guard.watch(parts);
    }
}
