package dev.orrery.inference.admission;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Until when a request's sender waits for its answer. What comes later is of no use to anybody, and is not computed.
public final class Deadline {

    /// That of a sender who does not say.
    public static final Deadline NONE = new Deadline(0, null);

    private static final Pattern HTTP = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(ms|s)?");
    private static final Pattern GRPC = Pattern.compile("(\\d{1,8})([HMSmun])");
    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long since;
    private final Duration patience;

    private Deadline(long since, Duration patience) {
        this.since = since;
        this.patience = patience;
    }

    /// @param since when the request came, in nanoseconds of the system's clock
    public static Deadline after(long since, Duration patience) {
        return new Deadline(since, patience);
    }

    /// Reads `X-Request-Timeout`: seconds (`0.25`, `0.25s`), or milliseconds with their unit (`250ms`).
    ///
    /// @param header null where there is none
    /// @throws WebApplicationException 400 where it says neither
    public static Deadline ofHttp(long since, String header) {
        if (header == null) {
            return NONE;
        }
        Matcher matcher = HTTP.matcher(header.strip());
        if (!matcher.matches() || "ms".equals(matcher.group(3)) && matcher.group(2) != null) {
            throw unreadable("X-Request-Timeout", header, "seconds, as in 0.25, or milliseconds, as in 250ms");
        }
        long whole = Long.parseLong(matcher.group(1));
        Duration patience = "ms".equals(matcher.group(3))
                ? Duration.ofMillis(whole)
                : Duration.ofSeconds(whole, nanos(matcher.group(2)));
        return new Deadline(since, patience);
    }

    /// Reads `grpc-timeout`: digits and a unit.
    ///
    /// @param header null where there is none
    /// @throws WebApplicationException 400 where it is none
    public static Deadline ofGrpc(long since, String header) {
        if (header == null) {
            return NONE;
        }
        Matcher matcher = GRPC.matcher(header);
        if (!matcher.matches()) {
            throw unreadable("grpc-timeout", header, "up to eight digits and one of H, M, S, m, u, n");
        }
        long number = Long.parseLong(matcher.group(1));
        return new Deadline(
                since,
                switch (matcher.group(2)) {
                    case "H" -> Duration.ofHours(number);
                    case "M" -> Duration.ofMinutes(number);
                    case "S" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMillis(number);
                    case "u" -> Duration.ofNanos(1000 * number);
                    default -> Duration.ofNanos(number);
                });
    }

    /// Nanoseconds that are left, which may be fewer than none; at most as many as are given.
    public long left(long now, long most) {
        return patience == null ? most : Math.min(most, patience.toNanos() - (now - since));
    }

    public boolean isOver() {
        return patience != null && left(System.nanoTime(), 1) <= 0;
    }

    /// @throws Overdue when it has passed
    public void require(long now) {
        if (left(now, 1) <= 0) {
            throw new Overdue("The deadline of %s has passed; nothing was scored.".formatted(this));
        }
    }

    @Override
    public String toString() {
        if (patience == null) {
            return "none";
        }
        long nanos = patience.toNanos();
        return nanos % NANOS_PER_MILLI == 0 ? nanos / NANOS_PER_MILLI + " ms" : nanos / 1000.0 + " µs";
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
    }

    private static WebApplicationException unreadable(String header, String value, String expected) {
        return new WebApplicationException(
                "The header %s is '%s' and needs %s.".formatted(header, value, expected), Status.BAD_REQUEST);
    }
}
