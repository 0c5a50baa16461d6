package dev.orrery.cli.platform;

import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Tells how the platform comes up and what happens to it later: one line per part, with times. On a terminal the
/// lines of the start are drawn in place; elsewhere a start that takes long gives a sign of life every few seconds.
final class Progress {

    private static final List<String> WHEEL = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
    private static final Set<Status> TOLD = EnumSet.of(Status.UP, Status.RESTARTING, Status.HELD, Status.DOWN);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Terminal terminal;
    private final Clock clock;
    private final Instant begun;
    private final Map<Part, Child> told = new EnumMap<>(Part.class);
    private PlatformState last;
    private Instant spoken;
    private Thread pulse;
    private int drawn;
    private int turn;

    Progress(PrintStream out) {
        this(out, Terminal.here(), Clock.systemUTC());
    }

    Progress(PrintStream out, Terminal terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        begun = clock.instant();
        spoken = begun;
    }

    synchronized void show(PlatformState state) {
        PlatformState before = last;
        last = state;
        if (state.phase() == Phase.STARTING) {
            pulse = pulse == null ? Thread.ofVirtual().start(this::keepBeating) : pulse;
        } else {
            stopBeating();
        }
        if (terminal.live() && state.phase() == Phase.STARTING) {
            draw();
            return;
        }
        if (state.activity() != null && (before == null || !state.activity().equals(before.activity()))) {
            say("  %6.1f s  %s".formatted(age(begun), state.activity()));
        }
        state.parts().forEach(this::tell);
        tellPhase(before == null ? null : before.phase(), state);
    }

    private void tell(Child child) {
        Child before = told.put(child.part(), child);
        if (before != null && before.status() == child.status()) {
            return;
        }
        if (TOLD.contains(child.status())) {
            say(terminal.wrap(line(child, " "), 2));
        }
    }

    private void tellPhase(Phase before, PlatformState state) {
        if (state.phase() == before) {
            return;
        }
        if (state.phase() == Phase.RUNNING) {
            out.println("Up in %.1f s.\n".formatted(age(begun)));
            out.println(new StatusTable(terminal)
                    .of(state.parts().stream().map(StatusTable.Row::of).toList()));
        } else if (state.phase() == Phase.STOPPING) {
            out.println("Stopping …");
        } else if (state.phase() == Phase.STOPPED) {
            out.println("Stopped.");
        }
        out.flush();
    }

    private void say(String line) {
        spoken = clock.instant();
        out.println(line);
        out.flush();
    }

    /// Nothing has been said for a while, so whoever reads a log or a pipe is told what it waits for.
    private void breakSilence() {
        if (age(spoken) < SILENCE.toSeconds()) {
            return;
        }
        String starting = last.parts().stream()
                .filter(child -> child.status() == Status.STARTING || child.status() == Status.RESTARTING)
                .map(child -> child.part().title())
                .collect(Collectors.joining(", "));
        String what = last.activity() != null ? last.activity() : "starting " + starting;
        say("  %6.1f s  %s".formatted(age(begun), what));
    }

    private String line(Child child, String mark) {
        String title = "%s %-27s".formatted(mark, child.part().title());
        return switch (child.status()) {
            case WAITING -> title + " waiting";
            case STARTING -> "%s starting %4.1f s".formatted(title, age(child.since()));
            case UP -> "%s up in %4.1f s".formatted(title, child.seconds());
            case RESTARTING -> "%s %s; starting it again".formatted(title, child.note());
            case HELD, DOWN -> "%s %s: %s".formatted(title, child.status().word(), child.note());
            case STOPPED -> title + " stopped";
        };
    }

    private void draw() {
        StringBuilder picture = new StringBuilder();
        if (drawn > 0) {
            picture.append("\033[%dA".formatted(drawn));
        }
        drawn = 0;
        if (last.activity() != null) {
            append(picture, "%s %s, %.0f s".formatted(WHEEL.get(turn), last.activity(), age(begun)));
        }
        for (Child child : last.parts()) {
            append(picture, line(child, mark(child.status())));
        }
        out.print(picture.append("\033[J"));
        out.flush();
    }

    private void append(StringBuilder picture, String line) {
        picture.append("\r\033[2K").append(terminal.fit(line)).append('\n');
        drawn++;
    }

    private String mark(Status status) {
        return switch (status) {
            case UP -> "✓";
            case STARTING -> WHEEL.get(turn);
            case RESTARTING -> "!";
            case DOWN -> "✗";
            case WAITING, HELD, STOPPED -> " ";
        };
    }

    private void stopBeating() {
        if (pulse == null) {
            return;
        }
        pulse.interrupt();
        pulse = null;
        if (terminal.live()) {
            draw();
            last.parts().forEach(child -> told.put(child.part(), child));
        }
    }

    /// One moment of a start that is under way.
    synchronized void beat() {
        if (terminal.live()) {
            turn = (turn + 1) % WHEEL.size();
            draw();
        } else {
            breakSilence();
        }
    }

    private void keepBeating() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(100);
                synchronized (this) {
                    if (pulse == Thread.currentThread()) {
                        beat();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double age(Instant from) {
        return Duration.between(from, clock.instant()).toMillis() / 1000.0;
    }
}
