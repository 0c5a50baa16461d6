package dev.orrery.cli.load;

import java.nio.charset.StandardCharsets;

/// What one request carries.
///
/// @param head  header lines of its own, each with a line end; gRPC has none
/// @param bytes the body
public record Body(byte[] head, byte[] bytes) {

    private static final byte[] NONE = {};

    public static Body of(byte[] bytes) {
        return new Body(NONE, bytes);
    }

    public static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
