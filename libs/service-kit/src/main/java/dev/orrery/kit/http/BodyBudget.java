package dev.orrery.kit.http;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that bodies may take all together.
final class BodyBudget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /// @param most bytes
    BodyBudget(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    long taken() {
        return taken.get();
    }

    /// Takes room for so many bytes, or says that there is none.
    boolean take(long bytes) {
        long before = taken.get();
        while (bytes <= most - before) {
            long witness = taken.compareAndExchange(before, before + bytes);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
