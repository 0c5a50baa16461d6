package dev.orrery.registry.artifact;

import dev.orrery.registry.Sha256;
import dev.orrery.registry.mlflow.MlflowError;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header in which a sender says what should arrive (RFC 9530).
final class ContentDigest {

    private static final Pattern SHA_256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]*):");

    private ContentDigest() {}

    /// The SHA-256 that the header names, in hexadecimal; null without a header or with other algorithms only.
    static String sha256(String header) {
        Matcher matcher = SHA_256.matcher(header == null ? "" : header);
        if (!matcher.find()) {
            return null;
        }
        try {
            return Sha256.hex(Base64.getDecoder().decode(matcher.group(1)));
        } catch (IllegalArgumentException e) {
            throw MlflowError.invalid("Content-Digest '%s' is not Base64.", header);
        }
    }
}
