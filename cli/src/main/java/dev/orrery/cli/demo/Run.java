package dev.orrery.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// One run of the demo: its story, its figures, and whatever was not as it should be.
final class Run {

    private static final double NANOS = 1e9;

    final Story story;
    final Summary summary = new Summary();
    private final List<String> wrong = new ArrayList<>();
    private int steps;

    Run(Story story) {
        this.story = story;
    }

    /// Does a step, and notes how long it took.
    ///
    /// @param key its name in the summary
    <T> T step(String key, String title, Supplier<T> work) {
        story.heading(++steps, title);
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            double seconds = Math.round((System.nanoTime() - start) / NANOS * 100) / 100.0;
            summary.seconds.put(key, seconds);
            story.tell("(%.1f s)", seconds);
        }
    }

    /// Notes something that should not be; the journey goes on, and fails at its end.
    void wrong(String sentence, Object... arguments) {
        String told = String.format(Locale.ROOT, sentence, arguments);
        wrong.add(told);
        story.tell("%s", "NOT AS IT SHOULD BE: " + told);
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
