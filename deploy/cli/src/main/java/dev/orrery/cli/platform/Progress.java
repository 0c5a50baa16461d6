package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/// Tells what changes on the platform, one line per part.
final class Progress {

    private final PrintStream out;
    private final Map<Part, Child> told = new EnumMap<>(Part.class);
    private String activity;

    Progress(PrintStream out) {
        this.out = out;
    }

    void show(PlatformState state) {
        state.parts().forEach(this::show);
    }

    private void show(Child child) {
        Child before = told.put(child.part(), child);
        if (before != null && before.status() == child.status()) {
            return;
        }
        if (child.status() == Status.UP) {
            out.println("  %-28s up in %4.1f s".formatted(child.part().title(), child.seconds()));
        } else if (child.status() == Status.RESTARTING) {
            out.println("  %-28s %s; is started again".formatted(child.part().title(), child.note()));
        }
    }
}
