package dev.orrery.cli.torture;

import dev.orrery.cli.platform.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Who is still to be killed, and when: at random, and the same for the same seed.
final class Kills {

    /// All that a row's way leads through and that may die at any moment.
    private static final List<Part> VICTIMS = List.of(Part.INGEST, Part.VALIDATION, Part.KAFKA);

    private final List<Kill> pending = new ArrayList<>();

    /// @param progress of the batch, 0 to 1
    record Kill(Part part, double progress) {}

    /// @param each how often each part is killed
    Kills(long seed, int each) {
        Random random = new Random(seed);
        for (Part part : VICTIMS) {
            for (int i = 0; i < each; i++) {
                pending.add(new Kill(part, random.nextDouble()));
            }
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /// The next kill of a part whose moment has come; it is pending no longer.
    Optional<Kill> due(Part part, double progress) {
        Optional<Kill> due = pending.stream()
                .filter(kill -> kill.part() == part && kill.progress() <= progress)
                .findFirst();
        due.ifPresent(pending::remove);
        return due;
    }
}
