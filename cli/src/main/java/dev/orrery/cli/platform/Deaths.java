package dev.orrery.cli.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a part died of lately: says how long to wait before the next start, and when there should be none.
final class Deaths {

    /// Dying of the same thing so often …
    static final int LIMIT = 6;

    /// … within so long is no accident that another start would mend.
    static final Duration WITHIN = Duration.ofMinutes(10);

    private record Death(Instant at, String reason) {}

    /// All of one reason.
    private final Deque<Death> alike = new ArrayDeque<>();

    private int inARow;

    void add(Instant at, String reason) {
        inARow++;
        if (!alike.isEmpty() && !alike.getLast().reason().equals(reason)) {
            alike.clear();
        }
        alike.add(new Death(at, reason));
        while (alike.size() > LIMIT) {
            alike.removeFirst();
        }
    }

    /// It has lived long since, so the pause after its next death is a short one again.
    void recovered() {
        inARow = 0;
    }

    /// Somebody has looked after it: all counts begin anew.
    void forget() {
        alike.clear();
        inARow = 0;
    }

    int inARow() {
        return inARow;
    }

    Duration pause() {
        return Backoff.STANDARD.after(inARow);
    }

    boolean tooMany() {
        return alike.size() == LIMIT && span().compareTo(WITHIN) <= 0;
    }

    /// What is said of a part that is left down: why, and the way out.
    String farewell(Part part) {
        return "%s, %d times within %d s; left down. When its log has told why and that is mended: ./orrery restart %s"
                .formatted(alike.getLast().reason(), LIMIT, span().toSeconds(), part.title());
    }

    private Duration span() {
        return Duration.between(alike.getFirst().at(), alike.getLast().at());
    }
}
