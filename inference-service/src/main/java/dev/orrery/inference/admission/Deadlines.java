package dev.orrery.inference.admission;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/// The deadline of the request that this thread works for.
public final class Deadlines {

    private static final String NOTED = "orrery.deadline";

    private Deadlines() {}

    static void note(Deadline deadline) {
        Vertx.currentContext().putLocal(NOTED, deadline);
    }

    /// That of the request over HTTP under way, or [Deadline#NONE].
    public static Deadline current() {
        Context context = Vertx.currentContext();
        Deadline noted = context == null ? null : context.getLocal(NOTED);
        return noted == null ? Deadline.NONE : noted;
    }
}
