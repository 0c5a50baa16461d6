package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Which version answers whom. Each version draws a number for a key, the same on every instance, and the one that drew
/// lowest for its share answers: so a version's share can grow without anybody changing over who does not change over
/// to it, and the same key always has the same version. Whoever says no key is drawn for by a counter.
final class Split {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long STEP = 0x9e3779b97f4a7c15L;
    private static final int WHOLE = 100;

    private final long seed;
    private final long[] salts;
    private final int[] shares;
    private final boolean[] shadow;
    private final int answering;
    private final AtomicLong unnamed = new AtomicLong();

    Split(DeploymentChanged deployment) {
        List<Slot> slots = deployment.slots();
        seed = hash(OFFSET, deployment.endpoint());
        salts = slots.stream().mapToLong(Split::salt).toArray();
        shares = slots.stream().mapToInt(Slot::share).toArray();
        shadow = new boolean[slots.size()];
        int count = 0;
        for (int slot = 0; slot < shadow.length; slot++) {
            shadow[slot] = slots.get(slot).role() == Role.SHADOW;
            count += shadow[slot] ? 0 : 1;
        }
        answering = count;
    }

    /// Whether there is anything to choose.
    boolean isOne() {
        return answering == 1;
    }

    /// Where a request falls.
    ///
    /// @param key whom it is about, or null
    long place(String key) {
        return key == null ? mixed(seed + STEP * unnamed.getAndIncrement()) : mixed(hash(seed, key));
    }

    /// The slot that answers at a place.
    int answering(long place) {
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int slot = 0; slot < shares.length; slot++) {
            if (!shadow[slot]) {
                double drawn = -Math.log(drawn(slot, place)) / shares[slot];
                if (drawn < lowest) {
                    lowest = drawn;
                    best = slot;
                }
            }
        }
        return best;
    }

    /// Whether a slot is a shadow that is asked too at a place.
    boolean shadows(int slot, long place) {
        return shadow[slot] && drawn(slot, place) * WHOLE < shares[slot];
    }

    /// Above 0 and below 1.
    private double drawn(int slot, long place) {
        return ((mixed(place ^ salts[slot]) >>> 12) + 0.5) * 0x1.0p-52;
    }

    private static long salt(Slot slot) {
        return mixed(hash(OFFSET, slot.model()) + STEP * slot.version());
    }

    /// FNV-1a over the characters; its weak upper bits are [#mixed] afterwards.
    private static long hash(long from, String text) {
        long hash = from;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    /// The finaliser of MurmurHash3: every bit of what goes in reaches every bit of what comes out.
    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
