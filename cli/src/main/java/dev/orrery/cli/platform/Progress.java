package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.Console;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Tells how the platform comes up and what happens to it later: one line per part, with times. On a terminal the
/// lines of the start are drawn in place.
final class Progress {

    private static final List<String> WHEEL = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private final Instant begun;
    private final Map<Part, Child> told = new EnumMap<>(Part.class);
    private PlatformState last;
    private Thread drawer;
    private int drawn;
    private int turn;

    Progress(PrintStream out) {
        this(out, isTerminal(), Clock.systemUTC());
    }

    Progress(PrintStream out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        begun = clock.instant();
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    synchronized void show(PlatformState state) {
        PlatformState before = last;
        last = state;
        if (terminal && state.phase() == Phase.STARTING) {
            draw();
            if (drawer == null) {
                drawer = Thread.ofVirtual().start(this::keepDrawing);
            }
            return;
        }
        finishDrawing();
        if (state.activity() != null && (before == null || !state.activity().equals(before.activity()))) {
            out.println("  %6.1f s  %s".formatted(age(begun), state.activity()));
        }
        state.parts().forEach(this::tell);
        tellPhase(before == null ? null : before.phase(), state);
    }

    private void tell(Child child) {
        Child before = told.put(child.part(), child);
        if (before != null && before.status() == child.status()) {
            return;
        }
        if (child.status() == Status.UP || child.status() == Status.RESTARTING) {
            out.println(line(child, " "));
        }
    }

    private void tellPhase(Phase before, PlatformState state) {
        if (state.phase() == before) {
            return;
        }
        if (state.phase() == Phase.RUNNING) {
            out.println("Up in %.1f s.\n".formatted(age(begun)));
            out.println(StatusTable.of(state.parts()));
        } else if (state.phase() == Phase.STOPPING) {
            out.println("Stopping …");
        } else if (state.phase() == Phase.STOPPED) {
            out.println("Stopped.");
        }
        out.flush();
    }

    private String line(Child child, String mark) {
        String title = "%s %-27s".formatted(mark, child.part().title());
        return switch (child.status()) {
            case WAITING -> title + " waiting";
            case STARTING -> "%s starting %4.1f s".formatted(title, age(child.since()));
            case UP -> "%s up in %4.1f s".formatted(title, child.seconds());
            case RESTARTING -> "%s %s; starting it again".formatted(title, child.note());
            case STOPPED -> title + " stopped";
        };
    }

    private void draw() {
        StringBuilder picture = new StringBuilder(NO_WRAP);
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
        out.print(picture.append("\033[J").append(WRAP));
        out.flush();
    }

    private void append(StringBuilder picture, String line) {
        picture.append("\r\033[2K").append(line).append('\n');
        drawn++;
    }

    private String mark(Status status) {
        return switch (status) {
            case UP -> "✓";
            case STARTING -> WHEEL.get(turn);
            case RESTARTING -> "!";
            case WAITING, STOPPED -> " ";
        };
    }

    private void finishDrawing() {
        if (drawer == null || Objects.equals(Thread.currentThread(), drawer)) {
            return;
        }
        drawer.interrupt();
        drawer = null;
        draw();
        last.parts().forEach(child -> told.put(child.part(), child));
    }

    private void keepDrawing() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(100);
                synchronized (this) {
                    if (drawer == Thread.currentThread()) {
                        turn = (turn + 1) % WHEEL.size();
                        draw();
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
