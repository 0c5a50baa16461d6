package dev.orrery.kit.http;

import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is let in. A service trusts whoever can reach it, so it must not be reached through somebody's browser by a page
/// that is none of its own: neither under a name that such a page made up (DNS rebinding), nor by a form or script that
/// asks across sites.
final class DoorRules {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int LONGEST_QUOTE = 100;
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    /// @param detail what is refused, and the way out
    record Refusal(Status status, String detail) {}

    private final Set<String> hosts;
    private final Set<String> origins;
    private final Streams streams;
    /// The name that was let in last: nearly always it is the next one's, too.
    private volatile String lastHost;

    /// @param hosts   names of the service besides the loopback names, without port
    /// @param origins pages besides its own that may change things
    DoorRules(Set<String> hosts, Set<String> origins, Streams streams) {
        this.hosts = lower(Stream.concat(LOOPBACK.stream(), hosts.stream()));
        this.origins = lower(origins.stream());
        this.streams = streams;
    }

    /// Why this visitor is not let in; empty for one who is.
    Optional<Refusal> refusal(Visitor visitor) {
        if (!isKnown(visitor.host())) {
            return forbidden(
                    "This service does not go by the name '%s'. If clients reach it by that name, add it to"
                            + " orrery.door.hosts (ORRERY_DOOR_HOSTS).",
                    visitor.host());
        }
        if (!visitor.changes()) {
            return Optional.empty();
        }
        return isForeignPage(visitor)
                ? forbidden(
                        "A web page of '%s' asked for this, which is none of this service's own. If it may change"
                                + " things here, add it to orrery.door.origins (ORRERY_DOOR_ORIGINS).",
                        visitor.origin() == null ? "another site" : visitor.origin())
                : untypedBody(visitor);
    }

    private boolean isKnown(String host) {
        if (host == null || host.equals(lastHost)) {
            return host != null;
        }
        boolean known = hosts.contains(withoutPort(host));
        lastHost = known ? host : lastHost;
        return known;
    }

    private boolean isForeignPage(Visitor visitor) {
        String origin = visitor.origin() == null ? null : visitor.origin().toLowerCase(Locale.ROOT);
        if (origin != null && origins.contains(origin)) {
            return false;
        }
        if ("cross-site".equals(visitor.fetchSite()) || "same-site".equals(visitor.fetchSite())) {
            return true;
        }
        return origin != null && !isOwn(origin, visitor.host().toLowerCase(Locale.ROOT));
    }

    /// A page of ours has the very host and port that it asks.
    private static boolean isOwn(String origin, String host) {
        return origin.equals("http://" + host)
                || origin.equals("https://" + host)
                || (origin + ":80").equals("http://" + host)
                || (origin + ":443").equals("https://" + host);
    }

    private Optional<Refusal> untypedBody(Visitor visitor) {
        if (!visitor.hasBody() || visitor.contentType() != null || streams.include(visitor.path())) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Status.UNSUPPORTED_MEDIA_TYPE,
                "The body does not say what it is; send its Content-Type, such as application/json."));
    }

    private static Optional<Refusal> forbidden(String detail, String guest) {
        String quoted = guest == null ? "" : guest.substring(0, Math.min(guest.length(), LONGEST_QUOTE));
        return Optional.of(new Refusal(Status.FORBIDDEN, detail.formatted(quoted)));
    }

    private static String withoutPort(String host) {
        return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
    }

    private static Set<String> lower(Stream<String> words) {
        return words.map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
