package dev.orrery.registry.artifact;

import dev.orrery.registry.artifact.Artifacts.Stored;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// A file as a response: streamed by the server, named for whoever saves it, and never shown as a page. One part of it
/// may be asked for (RFC 9110); several at once are answered with the whole.
public final class Download {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// The bytes from one to another, both included.
    private record Part(long first, long last) {

        long length() {
            return last - first + 1;
        }
    }

    private Download() {}

    /// @param headers of the request, for the part that it asks for
    public static RestResponse<PathPart> of(Stored stored, Path content, HttpHeaders headers) {
        Part whole = new Part(0, stored.size() - 1);
        String tag = '"' + stored.digest() + '"';
        String condition = headers.getHeaderString("If-Range");
        String range = headers.getHeaderString("Range");
        Part part = range == null || condition != null && !condition.equals(tag) ? whole : part(range, whole);
        if (part.length() < 0 || part.first() >= stored.size() && !part.equals(whole)) {
            return ResponseBuilder.<PathPart>create(Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + stored.size())
                    .build();
        }
        ResponseBuilder<PathPart> response = ResponseBuilder.create(
                part.equals(whole) ? Status.OK : Status.PARTIAL_CONTENT,
                new PathPart(content, part.first(), part.length()));
        if (!part.equals(whole)) {
            response.header("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), stored.size()));
        }
        return named(response, stored).header("ETag", tag).build();
    }

    private static ResponseBuilder<PathPart> named(ResponseBuilder<PathPart> response, Stored stored) {
        String name = stored.path().substring(stored.path().lastIndexOf('/') + 1);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return response.header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .header("X-Content-Type-Options", "nosniff")
                .header("Accept-Ranges", "bytes");
    }

    /// The part that a range means; the whole for one that is not understood, and one beyond the end as it is.
    private static Part part(String range, Part whole) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return whole;
        }
        long size = whole.length();
        if (matcher.group(1).isEmpty()) {
            long fromEnd = Long.parseLong(matcher.group(2));
            return fromEnd == 0 ? new Part(size, size) : new Part(Math.max(0, size - fromEnd), size - 1);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
        if (last < first && !matcher.group(2).isEmpty()) {
            return whole;
        }
        return new Part(first, Math.min(last, size - 1));
    }
}
