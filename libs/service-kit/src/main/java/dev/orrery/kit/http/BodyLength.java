package dev.orrery.kit.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/// What a request says about the length of its body.
final class BodyLength {

    static final long UNKNOWN = -1;

    private BodyLength() {}

    /// Bytes; 0 when there is no body, [#UNKNOWN] when there is one of a length that is not told.
    static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return parsed(length);
        }
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        boolean open = request.version() == HttpVersion.HTTP_2 && !request.isEnded();
        return chunked || open ? UNKNOWN : 0;
    }

    private static long parsed(String length) {
        try {
            return Math.max(UNKNOWN, Long.parseLong(length));
        } catch (NumberFormatException _) {
            return UNKNOWN;
        }
    }
}
