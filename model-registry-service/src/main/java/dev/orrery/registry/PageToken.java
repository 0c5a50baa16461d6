package dev.orrery.registry;

import dev.orrery.kit.problem.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Where the next page of a list begins, as the opaque text that clients hand back.
public record PageToken(int offset) {

    private static final String PREFIX = "offset:";

    /// @throws Invalid for a token that this service never gave
    public static PageToken of(String token) {
        if (token == null || token.isEmpty()) {
            return new PageToken(0);
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int offset = Integer.parseInt(text.substring(PREFIX.length()));
            if (text.startsWith(PREFIX) && offset > 0) {
                return new PageToken(offset);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Invalid(refusal(token));
        }
        throw new Invalid(refusal(token));
    }

    /// A page of what was read from this offset on with one row more than the limit, to see whether there is another.
    public <T> Page<T> page(List<T> read, int limit) {
        if (read.size() <= limit) {
            return new Page<>(read, Optional.empty());
        }
        String next = PREFIX + (offset + limit);
        return new Page<>(
                read.subList(0, limit),
                Optional.of(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8))));
    }

    /// Part of a list.
    ///
    /// @param next the token of the following page; empty on the last
    public record Page<T>(List<T> items, Optional<String> next) {

        /// The token, or null where there is none: JSON leaves it out.
        public String token() {
            return next.orElse(null);
        }
    }

    private static String refusal(String token) {
        return "'%s' is not a page_token that this list gave; begin again without one".formatted(token);
    }
}
