package dev.orrery.kit.http;

import dev.orrery.kit.problem.Invalid;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sender's `Content-Digest` (RFC 9530). Of its algorithms `sha-256` is checked; others are passed over.
public final class ContentDigest {

    private static final Pattern SHA_256 =
            Pattern.compile("(?:^|,)\\s*sha-256\\s*=\\s*:([A-Za-z0-9+/=]*):\\s*(?=$|[,;])");
    private static final int SHA_256_BYTES = 32;

    private ContentDigest() {}

    /// The SHA-256 in a header, hexadecimal; empty when there is no header or it speaks of other algorithms.
    ///
    /// @throws Invalid when a `sha-256` is there and is not one
    public static Optional<String> sha256(String header) {
        if (header == null || !header.contains("sha-256")) {
            return Optional.empty();
        }
        Matcher matcher = SHA_256.matcher(header);
        if (!matcher.find()) {
            throw malformed();
        }
        byte[] digest = decode(matcher.group(1));
        if (digest.length != SHA_256_BYTES) {
            throw malformed();
        }
        return Optional.of(HexFormat.of().formatHex(digest));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static Invalid malformed() {
        return new Invalid("Content-Digest must look like sha-256=:<Base64 of 32 bytes>: (RFC 9530).");
    }
}
