package dev.orrery.inference.protocol;

import dev.orrery.kit.http.Door;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/// Triton's own client does not say what it sends. Below `/v2` there is no doubt about it.
@ApplicationScoped
class UntypedBodies {

    private static final int BEFORE_THE_DOOR = Door.PRIORITY + 1;

    void register(@Observes Filters filters) {
        filters.register(UntypedBodies::name, BEFORE_THE_DOOR);
    }

    private static void name(RoutingContext exchange) {
        if (exchange.request().method() == HttpMethod.POST
                && exchange.request().getHeader(HttpHeaders.CONTENT_TYPE) == null
                && ProtocolErrors.covers(exchange.normalizedPath())) {
            boolean binary = exchange.request().getHeader(BinaryBody.HEADER) != null;
            exchange.request()
                    .headers()
                    .set(
                            HttpHeaders.CONTENT_TYPE,
                            binary ? MediaType.APPLICATION_OCTET_STREAM : MediaType.APPLICATION_JSON);
        }
        exchange.next();
    }
}
