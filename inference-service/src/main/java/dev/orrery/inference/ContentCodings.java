package dev.orrery.inference;

import com.github.luben.zstd.ZstdInputStream;
import dev.orrery.kit.problem.Invalid;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/// Expands bodies that come compressed, and compresses answers where that is asked for.
@Singleton
public class ContentCodings {

    private static final String GZIP = "gzip";
    private static final String DEFLATE = "deflate";
    private static final String ZSTD = "zstd";
    /// How much larger a compressed body is taken to be as long as nobody has looked.
    private static final int USUAL_FACTOR = 16;

    private final int most;

    ContentCodings(InferenceConfig config) {
        this.most = Math.toIntExact(config.maxBody().asLongValue());
    }

    /// Whether a `Content-Encoding` says that a body is compressed.
    public static boolean isCoded(String coding) {
        return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
    }

    /// How large a body may become, in bytes: what it is where it is not compressed.
    public long size(String coding, byte[] body) {
        return isCoded(coding)
                ? Math.min(most, Math.max(most / USUAL_FACTOR, (long) USUAL_FACTOR * body.length))
                : body.length;
    }

    /// The body that a compressed one stands for.
    ///
    /// @param coding a `Content-Encoding`, or null
    /// @throws Invalid               when it is not compressed so
    /// @throws NotSupportedException for a coding that is not known
    /// @throws ClientErrorException  413 when it becomes larger than a body may be
    public byte[] expand(String coding, byte[] body) {
        if (!isCoded(coding)) {
            return body;
        }
        String known = coding.strip().toLowerCase(Locale.ROOT);
        try (InputStream stream = expanding(known, body)) {
            byte[] expanded = stream.readNBytes(most + 1);
            if (expanded.length > most) {
                throw new ClientErrorException(
                        "The body expands to more than %d bytes, which are the most; send several requests."
                                .formatted(most),
                        Status.REQUEST_ENTITY_TOO_LARGE);
            }
            return expanded;
        } catch (IOException _) {
            throw new Invalid("The body is not compressed as its Content-Encoding '%s' says: it cannot be expanded."
                    .formatted(known));
        }
    }

    /// The coding to answer in, gzip or deflate; null for none.
    ///
    /// @param accepted an `Accept-Encoding`, or null
    public static String answering(String accepted) {
        if (accepted == null) {
            return null;
        }
        return Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(coding -> !coding.matches(".*;\\s*q=0(\\.0*)?"))
                .map(coding -> coding.replaceFirst(";.*", "").strip())
                .filter(coding -> coding.equals(GZIP) || coding.equals(DEFLATE))
                .findFirst()
                .orElse(null);
    }

    /// An answer in a coding that [#answering] gave.
    public static byte[] compress(String coding, byte[] answer) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream stream =
                coding.equals(GZIP) ? new GZIPOutputStream(compressed) : new DeflaterOutputStream(compressed)) {
            stream.write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail to be written", e);
        }
        return compressed.toByteArray();
    }

    private static InputStream expanding(String coding, byte[] body) throws IOException {
        InputStream stream = new ByteArrayInputStream(body);
        return switch (coding) {
            case GZIP, "x-gzip" -> new GZIPInputStream(stream);
            case DEFLATE -> new InflaterInputStream(stream);
            case ZSTD -> new ZstdInputStream(stream);
            default ->
                throw new NotSupportedException(
                        "The Content-Encoding '%s' is not known here; there are gzip, deflate and zstd."
                                .formatted(coding));
        };
    }
}
