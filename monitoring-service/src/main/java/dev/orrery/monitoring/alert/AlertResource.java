package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.Severity;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.monitoring.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/// What has drifted, now and before.
@Path("/v1/alerts")
@RunOnVirtualThread
class AlertResource {

    record View(
            String id,
            String endpoint,
            String model,
            int version,
            String state,
            Severity severity,
            List<String> columns,
            boolean score,
            String summary,
            Instant openedAt,
            Instant resolvedAt,
            long revision) {

        static View of(Alert alert) {
            return new View(
                    alert.id.toString(),
                    alert.endpoint,
                    alert.model,
                    alert.version,
                    name(alert.state),
                    alert.severity,
                    alert.columnNames(),
                    alert.score,
                    alert.summary,
                    alert.openedAt,
                    alert.resolvedAt,
                    alert.revision);
        }
    }

    record Listing(List<View> alerts, String nextPageToken) {}

    @GET
    @Transactional
    public Listing list(
            @RestQuery String endpoint,
            @RestQuery String state,
            @RestQuery Integer limit,
            @RestQuery("page_token") String pageToken) {
        int most = Page.limit(limit);
        Page<Alert> page = Page.of(
                Alert.before(position(pageToken), endpoint, state(state), most + 1),
                most,
                alert -> String.valueOf(alert.number));
        return new Listing(page.items().stream().map(View::of).toList(), page.next());
    }

    @GET
    @Path("/{id}")
    @Transactional
    public View get(String id) {
        return Alert.named(uuid(id))
                .map(View::of)
                .orElseThrow(() -> new NotFound("There is no alert '%s'. GET /v1/alerts lists them.".formatted(id)));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no alert '%s'. GET /v1/alerts lists them.".formatted(id));
        }
    }

    private static long position(String token) {
        try {
            return Long.parseLong(Page.after(token, String.valueOf(Long.MAX_VALUE)));
        } catch (NumberFormatException e) {
            throw Page.unknown(token);
        }
    }

    private static Alert.State state(String wanted) {
        if (wanted == null) {
            return null;
        }
        return Arrays.stream(Alert.State.values())
                .filter(state -> name(state).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Invalid("state must be open or resolved, not '%s'".formatted(wanted)));
    }

    private static String name(Alert.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
