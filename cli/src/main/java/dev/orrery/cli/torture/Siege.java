package dev.orrery.cli.torture;

import dev.orrery.cli.Story;
import dev.orrery.cli.bench.Memory;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Switches at every turn, and kills whoever's turn it is.
final class Siege {

    private final Platform platform;
    private final Story story;
    private final Switches switches;
    private final List<Part> victims = new ArrayList<>(List.of(Part.KAFKA, Part.REGISTRY, Part.POSTGRES));
    private final List<Part> killed = new ArrayList<>();
    private final List<Double> mebibytes = new ArrayList<>();

    Siege(Platform platform, Story story, Switches switches, long seed) {
        this.platform = platform;
        this.story = story;
        this.switches = switches;
        Collections.shuffle(victims, new Random(seed));
    }

    /// Kills evenly over the time, right before a switch, so that this meets who was killed away or starting.
    void run(Duration time, Duration every) throws InterruptedException {
        long began = System.nanoTime();
        long turns = Math.max(1, time.dividedBy(every));
        int kills = victims.size();
        for (long turn = 0; turn < turns; turn++) {
            if (killed.size() < kills && turn >= (killed.size() + 1) * turns / (kills + 1)) {
                kill(victims.get(killed.size()));
            }
            switches.next();
            mebibytes.add(Memory.of(platform).mebibytes().getOrDefault(Part.INFERENCE, 0.0));
            story.progress("turns", turn + 1, turns);
            long left = began + every.toNanos() * (turn + 1) - System.nanoTime();
            if (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
            }
        }
    }

    /// Who was killed, in their order.
    List<Part> killed() {
        return List.copyOf(killed);
    }

    /// What inference held of the machine's memory at each turn.
    List<Double> mebibytes() {
        return List.copyOf(mebibytes);
    }

    private void kill(Part part) {
        platform.state().child(part).process().handle().ifPresent(ProcessHandle::destroyForcibly);
        killed.add(part);
        story.tell("Killed %s after %d switches.", part.title(), switches.made());
    }
}
