package dev.orrery.kit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.kit.problem.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Which part of a list a client wants: so many items after a position. The position is that of the last item of the
/// page before, not a count, so that what is inserted meanwhile neither repeats nor hides anything. Clients hand it
/// back as opaque text.
public final class PageRequest {

    private static final int PRESET = 100;
    private static final int MOST = 1000;

    private final int limit;
    private final String token;
    private final List<String> position;

    private PageRequest(int limit, String token, List<String> position) {
        this.limit = limit;
        this.token = token;
        this.position = position;
    }

    /// @param limit how many items; null for 100
    /// @param token what the page before gave; null or empty for the first page
    /// @throws Invalid when it wants none or more than 1,000, or the token is none that a page gave
    public static PageRequest of(Integer limit, String token) {
        return of(limit, token, MOST);
    }

    /// The same for a list that gives more at once.
    public static PageRequest of(Integer limit, String token, int most) {
        int wanted = limit == null ? PRESET : limit;
        if (wanted < 1 || wanted > most) {
            throw new Invalid("limit must be between 1 and %d, not %d".formatted(most, wanted));
        }
        return new PageRequest(wanted, token, token == null || token.isEmpty() ? List.of() : decoded(token));
    }

    /// How many items the client gets at most.
    public int limit() {
        return limit;
    }

    /// How many items to read: one more, to see whether there is another page.
    public int toRead() {
        return limit + 1;
    }

    public boolean isFirst() {
        return position.isEmpty();
    }

    /// A part of the position after which the page begins, or what stands before everything on the first page.
    public String text(int part, String beginning) {
        if (isFirst()) {
            return beginning;
        }
        if (part >= position.size()) {
            throw unknown(token);
        }
        return position.get(part);
    }

    /// A part of the position as a number.
    public long number(int part, long beginning) {
        try {
            return isFirst() ? beginning : Long.parseLong(text(part, ""));
        } catch (NumberFormatException _) {
            throw unknown(token);
        }
    }

    /// A part of the position as a time.
    public Instant instant(int part, Instant beginning) {
        try {
            return isFirst() ? beginning : Instant.parse(text(part, ""));
        } catch (DateTimeException _) {
            throw unknown(token);
        }
    }

    /// A part of the position as a UUID.
    public UUID uuid(int part, UUID beginning) {
        try {
            return isFirst() ? beginning : UUID.fromString(text(part, ""));
        } catch (IllegalArgumentException _) {
            throw unknown(token);
        }
    }

    static String token(List<String> position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(position));
    }

    private static List<String> decoded(String token) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] position = Json.MAPPER.readValue(json, String[].class);
            if (position != null && position.length > 0) {
                return List.of(position);
            }
        } catch (IllegalArgumentException | NullPointerException | JsonProcessingException _) {
            throw unknown(token);
        }
        throw unknown(token);
    }

    private static Invalid unknown(String token) {
        return new Invalid("'%s' is not a page_token that this list gave; begin again without one".formatted(token));
    }
}
