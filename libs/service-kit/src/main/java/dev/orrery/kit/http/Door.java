package dev.orrery.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/// The guard at the door of every service, before any route: what [DoorRules] refuse gets no further.
@ApplicationScoped
public class Door {

    /// Before all other filters; what is behind the door comes next.
    public static final int PRIORITY = 1_000_000;

    private final DoorRules rules;

    Door(DoorConfig config) {
        this.rules = new DoorRules(
                config.hosts().orElse(Set.of()),
                config.origins().orElse(Set.of()),
                new Streams(config.streams().orElse(Set.of())));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /// Why a request that came by another way than the routes is not let in; empty where it is.
    public Optional<String> refusal(HttpServerRequest request) {
        return rules.refusal(Visitor.of(request, request.path())).map(DoorRules.Refusal::detail);
    }

    private void check(RoutingContext exchange) {
        rules.refusal(Visitor.of(exchange.request(), exchange.normalizedPath()))
                .ifPresentOrElse(
                        refusal -> Answers.problem(exchange.response(), refusal.status(), refusal.detail()),
                        exchange::next);
    }
}
