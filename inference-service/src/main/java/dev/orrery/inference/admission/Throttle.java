package dev.orrery.inference.admission;

/// Which share of what comes to one event loop is taken on, so that what is taken on does not wait long.
///
/// It is told how long each pass of the loop took, which is what a request waits before it is looked at. Where many
/// requests a pass are there and every pass of a while took longer than it should, there is a standing queue, and the
/// share falls until there is none, the faster the longer it is; it rises again by and by. A long pass with few
/// requests has another reason, which
/// turning requests away would not mend. Not for several threads.
final class Throttle {

    private static final double LEAST_FALL = 0.9;
    private static final double MOST_FALL = 0.3;
    private static final double RISE = 0.01;
    private static final double LEAST_SHARE = 0.02;
    /// So many of each pass are taken on whatever the share is: who asks when nobody else does is answered.
    private static final int ALWAYS = 2;

    private final long target;
    private final long patience;
    private final int few;
    private double share = 1;
    private double credit;
    private int arrived;
    private long standingSince;
    private boolean standing;

    /// @param target   nanoseconds that a pass may take
    /// @param patience nanoseconds for which passes may take longer
    /// @param few      requests in a pass that are never too many
    Throttle(long target, long patience, int few) {
        this.target = target;
        this.patience = patience;
        this.few = few;
    }

    /// Whether the request that has just come is taken on.
    boolean admits() {
        arrived++;
        if (share >= 1 || arrived <= ALWAYS) {
            return true;
        }
        credit += share;
        if (credit < 1) {
            return false;
        }
        credit -= 1;
        return true;
    }

    /// Tells that a pass has ended.
    ///
    /// @param now  nanoseconds of the system's clock
    /// @param took nanoseconds
    void passed(long now, long took) {
        boolean queued = took > target && arrived > few;
        arrived = 0;
        if (!queued) {
            standing = false;
            share = Math.min(1, share + RISE);
            return;
        }
        if (!standing) {
            standing = true;
            standingSince = now - took;
        }
        if (share < 1 || now - standingSince >= patience) {
            share = Math.max(LEAST_SHARE, share * Math.clamp((double) target / took, MOST_FALL, LEAST_FALL));
        }
    }

    /// Whether it takes all, and has nothing to watch: no request has come since the last pass.
    boolean isIdle() {
        return share >= 1 && arrived == 0;
    }

    double share() {
        return share;
    }
}
