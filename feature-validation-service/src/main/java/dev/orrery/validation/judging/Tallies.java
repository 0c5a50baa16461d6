package dev.orrery.validation.judging;

import dev.orrery.contracts.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/// What one partition has brought of each batch up to an offset.
///
/// It travels as the metadata of that committed offset, so it is committed, aborted and handed to another
/// instance together with it: after a `kill -9` the counts and the position cannot disagree. What is too much
/// for that lies in the [TallyBook].
final class Tallies {

    /// A broker takes 4096 characters of metadata (`offset.metadata.max.bytes`).
    private static final int LONGEST = 4000;

    /// Ended batches are remembered to know repeats, open ones because they go on.
    private static final int MOST_ENDED = 200;

    private static final int MOST_OPEN = 10_000;

    private final LinkedHashMap<String, Tally> byBatch;

    Tallies() {
        this(new LinkedHashMap<>());
    }

    private Tallies(LinkedHashMap<String, Tally> byBatch) {
        this.byBatch = byBatch;
    }

    /// Reads what [#written] gave.
    static Tallies parse(String written) {
        Tallies tallies = new Tallies();
        if (written == null || written.isEmpty()) {
            return tallies;
        }
        for (Tally tally : Json.read(written, Tally[].class)) {
            tallies.put(tally);
        }
        return tallies;
    }

    Tallies copy() {
        return new Tallies(new LinkedHashMap<>(byBatch));
    }

    Tally of(String batch) {
        return byBatch.getOrDefault(batch, Tally.none(batch));
    }

    /// Keeps a tally as the one touched last.
    void put(Tally tally) {
        byBatch.remove(tally.batch());
        byBatch.put(tally.batch(), tally);
    }

    /// The tallies that differ from those of an earlier offset.
    List<Tally> changedSince(Tallies before) {
        return byBatch.values().stream()
                .filter(tally -> !tally.equals(before.of(tally.batch())))
                .toList();
    }

    /// Forgets what is not needed: ended batches, those touched longest ago first, as far as the rest then fits beside
    /// an offset. Open batches are kept, however many there are.
    ///
    /// @return what is left, in writing
    String written() {
        forget(MOST_ENDED, true);
        forget(MOST_OPEN, false);
        String written = Json.text(byBatch.values());
        while (!fits(written) && byBatch.values().stream().anyMatch(Tally::ended)) {
            int ended = (int) byBatch.values().stream().filter(Tally::ended).count();
            forget(ended / 2, true);
            written = Json.text(byBatch.values());
        }
        return written;
    }

    /// Whether it can lie beside an offset.
    static boolean fits(String written) {
        return written.length() <= LONGEST;
    }

    private void forget(int most, boolean ended) {
        long tooMany = byBatch.values().stream()
                        .filter(tally -> tally.ended() == ended)
                        .count()
                - most;
        Iterator<Tally> tallies = byBatch.values().iterator();
        while (tooMany > 0) {
            if (tallies.next().ended() == ended) {
                tallies.remove();
                tooMany--;
            }
        }
    }
}
