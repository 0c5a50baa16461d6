package dev.orrery.monitoring;

import dev.orrery.kit.problem.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// Part of a list.
///
/// @param next the token of the following page; null on the last
public record Page<T>(List<T> items, String next) {

    private static final int PRESET = 100;
    private static final int MOST = 1000;

    /// How many items the client gets at once.
    ///
    /// @throws Invalid when it wants none or too many
    public static int limit(Integer wanted) {
        if (wanted == null) {
            return PRESET;
        }
        if (wanted < 1 || wanted > MOST) {
            throw new Invalid("limit must be between 1 and %d, not %d".formatted(MOST, wanted));
        }
        return wanted;
    }

    /// A page of what was read with one more than the limit, to see whether there is another.
    ///
    /// @param position of an item, from which the next page goes on
    public static <T> Page<T> of(List<T> read, int limit, Function<T, String> position) {
        if (read.size() <= limit) {
            return new Page<>(read, null);
        }
        String last = position.apply(read.get(limit - 1));
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        return new Page<>(read.subList(0, limit), token);
    }

    /// The position that a token stands for, or the one from which a list begins.
    ///
    /// @throws Invalid for a token that no page gave
    public static String after(String token, String beginning) {
        if (token == null || token.isEmpty()) {
            return beginning;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknown(token);
        }
    }

    /// The refusal of a token that no page gave.
    public static Invalid unknown(String token) {
        return new Invalid("'%s' is not a page_token that this list gave; begin again without one".formatted(token));
    }
}
