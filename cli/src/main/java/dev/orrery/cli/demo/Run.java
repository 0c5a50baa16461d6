package dev.orrery.cli.demo;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.ServiceProblem;
import dev.orrery.cli.platform.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// One run of the demo: its story, its figures, whatever was not as it should be, and where it broke off.
final class Run {

    private static final double NANOS = 1e9;

    final Story story;
    final Summary summary = new Summary();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> sights = new ArrayList<>();
    private int steps;
    private String title;
    private Part responsible;

    Run(Story story) {
        this.story = story;
    }

    /// Does a step, and notes how long it took.
    ///
    /// @param key         its name in the summary
    /// @param responsible whose log tells more when it fails; null where none does
    <T> T step(String key, String title, Part responsible, Supplier<T> work) {
        this.title = title;
        this.responsible = responsible;
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

    /// Patience for what a service is about to do; while it lasts, the story says for what.
    Wait patience(int seconds, String what) {
        return Wait.seconds(seconds, what).telling(story);
    }

    /// Notes an address worth a look, once there is something to be seen.
    void sight(String address) {
        sights.add(address);
    }

    List<String> sights() {
        return List.copyOf(sights);
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

    /// What a person is told at the end of a journey that broke off: the step, the reason, and the way out.
    Failure brokenOff(RuntimeException reason) {
        boolean theirs = reason instanceof ServiceProblem problem && !problem.mayPass();
        String way = theirs || responsible == null
                ? "Mend that, then run the demo again."
                : "More is in its log: ./orrery logs " + responsible.title();
        return new Failure("step %d, '%s', failed: %s\n%s".formatted(steps, title, reason.getMessage(), way), reason);
    }
}
