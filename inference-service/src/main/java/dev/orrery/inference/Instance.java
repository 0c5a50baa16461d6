package dev.orrery.inference;

import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Who answers, and since when. Every prediction gets an id that is never given again: the instance's name and a
/// sequence without gaps, so that a reader of all predictions knows which ones it has missed.
@Singleton
public class Instance {

    private static final int BASE = 36;
    private static final int RANDOM = BASE * BASE * BASE * BASE;

    private final AtomicLong next = new AtomicLong(1);
    private final String name;

    /// The name is the start's time, and some luck against another instance's start in the same millisecond.
    public Instance() {
        name = Long.toString(System.currentTimeMillis(), BASE)
                + Integer.toString(RANDOM + ThreadLocalRandom.current().nextInt(RANDOM), BASE);
    }

    public String name() {
        return name;
    }

    /// Takes sequences in a row, which belong to one request, and returns the first.
    public long take(int count) {
        return next.getAndAdd(count);
    }
}
