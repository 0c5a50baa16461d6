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
    private static final int LENGTH = 55;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final ScopedValue<String> ELSEWHERE = ScopedValue.newInstance();

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

    /// What the request that is answered now said, or null.
    static String traceparent() {
        if (ELSEWHERE.isBound()) {
            return ELSEWHERE.get();
        }
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(HEADER);
    }

    /// Work for another thread, which knows the caller of this one.
    public static <T> Supplier<T> with(Supplier<T> work) {
        String traceparent = traceparent();
        return traceparent == null
                ? work
                : () -> ScopedValue.where(ELSEWHERE, traceparent).call(work::get);
    }
}
