package dev.orrery.validation.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one partition has brought of each batch up to an offset.
///
/// It travels as the metadata of that committed offset, so it is committed, aborted and handed to another
/// instance together with it: after a `kill -9` the counts and the position cannot disagree.
final class Tallies {

    /// A broker takes 4096 characters of metadata (`offset.metadata.max.bytes`).
    private static final int LONGEST = 4000;

    private final LinkedHashMap<String, Tally> byBatch;

    Tallies() {
        this(new LinkedHashMap<>());
    }

    private Tallies(LinkedHashMap<String, Tally> byBatch) {
        this.byBatch = byBatch;
    }

    /// Reads what [#metadata] has written.
    static Tallies parse(String metadata) {
        Tallies tallies = new Tallies();
        if (metadata == null || metadata.isEmpty()) {
            return tallies;
        }
        try {
            for (Tally tally : Json.MAPPER.readValue(metadata, Tally[].class)) {
                tallies.put(tally);
            }
            return tallies;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the committed offset's metadata is not ours: " + metadata, e);
        }
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

    /// All that fits beside an offset. Batches that have ended are forgotten first, then those untouched
    /// longest. One that is forgotten before its end, with some fifty others open in the same partition, ends
    /// with too few rows and is quarantined: it is never taken for whole.
    String metadata() {
        String written = write();
        while (written.length() > LONGEST) {
            forgetOne();
            written = write();
        }
        return written;
    }

    private void forgetOne() {
        Iterator<Map.Entry<String, Tally>> entries = byBatch.entrySet().iterator();
        while (entries.hasNext()) {
            if (entries.next().getValue().ended()) {
                entries.remove();
                return;
            }
        }
        byBatch.remove(byBatch.firstEntry().getKey());
    }

    private String write() {
        try {
            return Json.MAPPER.writeValueAsString(byBatch.values());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tally is always writable", e);
        }
    }
}
