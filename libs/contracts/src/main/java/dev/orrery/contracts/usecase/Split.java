package dev.orrery.contracts.usecase;

import dev.orrery.contracts.Sha256;
import dev.orrery.contracts.problem.Faulty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Shares of the rows for training, for choosing the threshold, and for judging at the end. They add up to 1.
/// A row's part depends on its key and the salt alone: the same customer never crosses from one part to another,
/// whatever rows come or go.
public record Split(double training, double validation, double holdout) {

    /// The usual 60 / 20 / 20.
    public static final Split DEFAULT = new Split(0.6, 0.2, 0.2);

    private static final double TOLERANCE = 1e-9;

    /// A part of the rows.
    public enum Part {
        TRAINING,
        VALIDATION,
        HOLDOUT
    }

    public Split {
        Faulty.unless(
                training > 0
                        && validation > 0
                        && holdout > 0
                        && Math.abs(training + validation + holdout - 1) <= TOLERANCE,
                "",
                "the split's three shares must be above 0 and add up to 1, not %s + %s + %s",
                training,
                validation,
                holdout);
    }

    /// The part a row belongs to.
    public Part partOf(String key, long salt) {
        double position = position(key, salt);
        if (position < training) {
            return Part.TRAINING;
        }
        return position < training + validation ? Part.VALIDATION : Part.HOLDOUT;
    }

    /// Where a key falls between 0 and 1: the first 53 bits of SHA-256 over salt and key.
    public static double position(String key, long salt) {
        MessageDigest sha = Sha256.digest();
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).flip());
        byte[] digest = sha.digest(key.getBytes(StandardCharsets.UTF_8));
        return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
    }
}
