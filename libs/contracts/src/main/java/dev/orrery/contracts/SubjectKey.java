package dev.orrery.contracts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns a personal key into the pseudonym (HMAC-SHA256, 32 hex digits kept) under which a person's records travel on
/// topics, so that erasing a person is erasing one key and no topic, log or metric names anybody.
/// Every service must hold the same secret.
public final class SubjectKey {

    private static final int PSEUDONYM_BYTES = 16;

    private final SecretKeySpec secret;

    /// @param secret at least 16 bytes, Base64
    public SubjectKey(String secret) {
        byte[] bytes = Base64.getDecoder().decode(secret);
        if (bytes.length < PSEUDONYM_BYTES) {
            throw new IllegalArgumentException("the subject key must be at least 16 bytes of Base64");
        }
        this.secret = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /// The pseudonym of a key in a dataset. The dataset is part of it: two datasets cannot be joined by pseudonym.
    public String pseudonym(String dataset, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(dataset.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] digest = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, PSEUDONYM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
