package dev.orrery.registry.artifact;

import dev.orrery.contracts.Sha256;
import dev.orrery.registry.mlflow.MlflowError;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header in which a sender says what should arrive (RFC 9530).
final class ContentDigest {

    private static final Pattern DIGESTS = Pattern.compile(
            "\\s*[a-z*][a-z0-9_.*-]*=:[A-Za-z0-9+/=]*:\\s*(,\\s*[a-z*][a-z0-9_.*-]*=:[A-Za-z0-9+/=]*:\\s*)*");
    private static final Pattern SHA_256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]*):");
    private static final int BYTES = 32;

    private ContentDigest() {}

    /// The SHA-256 that the header names, in hexadecimal; null without a header or with other algorithms only.
    ///
    /// @throws MlflowError for a header that says nothing intelligible: its sender counts on it
    static String sha256(String header) {
        if (header == null) {
            return null;
        }
        if (!DIGESTS.matcher(header).matches()) {
            throw malformed(header);
        }
        Matcher matcher = SHA_256.matcher(header);
        return matcher.find() ? Sha256.hex(decode(matcher.group(1), header)) : null;
    }

    private static byte[] decode(String base64, String header) {
        try {
            byte[] digest = Base64.getDecoder().decode(base64);
            if (digest.length == BYTES) {
                return digest;
            }
        } catch (IllegalArgumentException _) {
            throw malformed(header);
        }
        throw malformed(header);
    }

    private static MlflowError malformed(String header) {
        return MlflowError.invalid(
                "Content-Digest '%s' is malformed: it is sha-256=:BASE64: with the Base64 of 32 bytes.", header);
    }
}
