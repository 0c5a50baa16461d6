package dev.orrery.contracts;

import dev.orrery.contracts.schema.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How an entity is named on topics: its key in one canonical text form, or, where the key is personal, the pseudonym
/// of that form (HMAC-SHA256, 32 hex digits kept). A file, a prediction and a label that mean the same entity get the
/// same name, however each wrote the key. Every service must hold the same secret.
///
/// The pseudonym hides the key in message keys and in predictions. The values of personal columns themselves travel in
/// the rows of the records topics; `docs/operations.md` says where they lie and for how long.
public final class EntityKeys {

    private static final int PSEUDONYM_BYTES = 16;
    private static final int LONGEST_NUMBER = 1000;

    /// One for each thread: to look the algorithm up for every row would cost more than to compute it.
    private final ThreadLocal<Mac> macs;

    /// @param secret at least 16 bytes, Base64
    public EntityKeys(String secret) {
        byte[] bytes = Base64.getDecoder().decode(secret);
        if (bytes.length < PSEUDONYM_BYTES) {
            throw new IllegalArgumentException("the subject key must be at least 16 bytes of Base64");
        }
        SecretKeySpec key = new SecretKeySpec(bytes, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /// The name of an entity.
    ///
    /// @param dataset  part of the pseudonym: two datasets cannot be joined by it
    /// @param type     of the key column
    /// @param personal whether the key identifies a person
    /// @param key      a text, or a number or boolean as JSON has it
    /// @throws IllegalArgumentException when the key is not of the column's type
    public String entity(String dataset, ColumnType type, boolean personal, Object key) {
        String canonical = canonical(type, key);
        return personal ? pseudonym(dataset, canonical) : canonical;
    }

    /// The name of an entity whose key nobody has checked yet: one that is not of the column's type stays as it is
    /// written, since its row will be rejected, and travels until then.
    public String entityOfUnchecked(String dataset, ColumnType type, boolean personal, String key) {
        try {
            return entity(dataset, type, personal, key);
        } catch (IllegalArgumentException _) {
            return personal ? pseudonym(dataset, key) : key;
        }
    }

    /// The one text form of a key: text as it is, `7` for the integers `007`, `+7` and 7, `1000` for the number `1e3`,
    /// `true` or `false`, an ISO day, an instant in UTC.
    ///
    /// @throws IllegalArgumentException when the key is not of the type
    public static String canonical(ColumnType type, Object key) {
        String text = key.toString();
        try {
            return switch (type) {
                case CATEGORY, TEXT -> text;
                case INTEGER -> whole(text);
                case NUMBER -> plain(new BigDecimal(text));
                case BOOLEAN -> bool(text);
                case DATE -> LocalDate.parse(text).toString();
                case TIMESTAMP -> OffsetDateTime.parse(text).toInstant().toString();
            };
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "the key '%s' is not of type %s".formatted(text, type.name().toLowerCase(Locale.ROOT)), e);
        }
    }

    private static String whole(String text) {
        // JSON knows one kind of number: 7.0 is the integer 7.
        return String.valueOf(new BigDecimal(text).longValueExact());
    }

    /// By way of the double that the lake keeps: `0.1` and `0.10000000000000000555` are one key.
    private static String plain(BigDecimal number) {
        double value = Math.abs(number.scale()) > LONGEST_NUMBER ? Double.NaN : number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("not a 64-bit number");
        }
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> "true";
            case "false", "no", "0" -> "false";
            default -> throw new NumberFormatException(text);
        };
    }

    private String pseudonym(String dataset, String key) {
        Mac mac = macs.get();
        mac.update(dataset.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        byte[] digest = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, PSEUDONYM_BYTES);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
