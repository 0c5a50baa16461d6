package dev.orrery.inference;

/// A request that is not of the usual form, right or wrong: the strict reader has to look at it.
public final class Unusual extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// The only one: it says nothing of where and why, which costs nothing.
    private static final Unusual REQUEST = new Unusual();

    private Unusual() {
        super("an unusual request", null, false, false);
    }

    public static Unusual request() {
        return REQUEST;
    }

    /// @throws Unusual unless something holds
    public static void unless(boolean usual) {
        if (!usual) {
            throw REQUEST;
        }
    }
}
