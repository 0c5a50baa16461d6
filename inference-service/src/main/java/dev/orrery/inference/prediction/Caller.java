package dev.orrery.inference.prediction;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The W3C trace context that a caller sent, so that events can name it. It goes with the request, whichever thread
/// answers it.
public final class Caller {

    private static final String HEADER = "traceparent";
    private static final String PATH = "orrery.path";
    private static final int LENGTH = 55;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final ScopedValue<Waited> ELSEWHERE = ScopedValue.newInstance();

    /// @param nanos how long the request waited for its thread
    private record Waited(String traceparent, long nanos) {}

    private Caller() {}

    /// Notes what the request says; nothing that is no trace context.
    static void note(HttpServerRequest request) {
        String traceparent = request.getHeader(HEADER);
        if (traceparent != null
                && traceparent.length() == LENGTH
                && FORM.matcher(traceparent).matches()) {
            ((HttpServerRequestInternal) request).context().putLocal(HEADER, traceparent);
        }
    }

    /// Notes where a request was sent that goes on to its resource.
    static void notePath(HttpServerRequest request) {
        ((HttpServerRequestInternal) request).context().putLocal(PATH, request.path());
    }

    /// Where the request was sent that is answered on this event loop, or null.
    static String path() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(PATH);
    }

    /// What the request that is answered now said, or null.
    static String traceparent() {
        if (ELSEWHERE.isBound()) {
            return ELSEWHERE.get().traceparent();
        }
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(HEADER);
    }

    /// How long the request that is answered now waited for its turn, in nanoseconds; 0 where it did not have to.
    static long waited() {
        return ELSEWHERE.isBound() ? ELSEWHERE.get().nanos() : 0;
    }

    /// Work for another thread, which knows the caller of this one, and since when it waits.
    public static <T> Supplier<T> with(Supplier<T> work) {
        String traceparent = traceparent();
        long came = System.nanoTime();
        return () -> ScopedValue.where(ELSEWHERE, new Waited(traceparent, System.nanoTime() - came))
                .call(work::get);
    }
}
