package dev.orrery.kit.http;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import jakarta.inject.Singleton;

/// The `uri` label of a request that no route took, whatever somebody typed: one for all of them. Otherwise anybody
/// could make as many labels as the registry takes, and blind it for those that count.
@Singleton
class RouteLabels implements HttpServerMetricsTagsContributor {

    static final String UNKNOWN = "UNKNOWN";

    private static final Tags NO_ROUTE = Tags.of("uri", UNKNOWN);
    private static final int FIRST_FAILURE = 400;

    @Override
    public Tags contribute(Context context) {
        HttpServerRequest request = context.request();
        boolean failed = request.response().getStatusCode() >= FIRST_FAILURE;
        return failed && template(request) == null ? NO_ROUTE : Tags.empty();
    }

    private static Object template(HttpServerRequest request) {
        return request instanceof HttpServerRequestInternal known
                ? known.context().getLocal("UrlPathTemplate")
                : null;
    }
}
