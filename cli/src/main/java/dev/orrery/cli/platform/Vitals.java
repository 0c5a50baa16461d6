package dev.orrery.cli.platform;

import dev.orrery.cli.platform.Health.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Asks a running part every few seconds whether it is alive, without waiting for the answer, and gives it up when it
/// has said no, or nothing at all, several times in a row. Once may be a moment of hard work.
final class Vitals {

    static final Duration EVERY = Duration.ofSeconds(5);

    /// Its own no: it knows that it cannot go on.
    static final int REFUSALS = 3;

    /// Silence may also be a machine that is too busy, so it takes longer.
    static final int SILENCES = 8;

    private final Supplier<Answer> question;
    private final Executor executor;
    private final Clock clock;

    private CompletableFuture<Answer> asked;
    private Instant next;
    private Instant wellAt;
    private int refusals;
    private int silences;

    Vitals(Supplier<Answer> question, Executor executor, Clock clock) {
        this.question = question;
        this.executor = executor;
        this.clock = clock;
        wellAt = clock.instant();
        next = wellAt.plus(EVERY);
    }

    /// Looks at the last answer, and asks again when it is time.
    ///
    /// @return why the part is given up, once it is
    Optional<String> look() {
        if (asked == null && !clock.instant().isBefore(next)) {
            asked = CompletableFuture.supplyAsync(question, executor);
        }
        if (asked != null && asked.isDone()) {
            Answer answer = asked.join();
            asked = null;
            next = clock.instant().plus(EVERY);
            return judge(answer);
        }
        return Optional.empty();
    }

    private Optional<String> judge(Answer answer) {
        if (answer.well()) {
            wellAt = clock.instant();
            refusals = 0;
            silences = 0;
            return Optional.empty();
        }
        refusals += answer.answered() ? 1 : 0;
        silences += answer.answered() ? 0 : 1;
        if (refusals >= REFUSALS) {
            return Optional.of("was not live: " + (answer.words().isEmpty() ? "it did not say why" : answer.words()));
        }
        return silences < SILENCES
                ? Optional.empty()
                : Optional.of("did not answer for %d s"
                        .formatted(Duration.between(wellAt, clock.instant()).toSeconds()));
    }
}
