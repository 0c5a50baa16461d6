package dev.orrery.kit.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// What a request says of itself before anything of it is believed; what it does not say is null.
///
/// @param host      with its port, if it has one
/// @param fetchSite a browser's word on how the page that asks is related to us
record Visitor(
        String method, String path, String host, String origin, String fetchSite, boolean hasBody, String contentType) {

    private static final CharSequence SEC_FETCH_SITE = HttpHeaders.createOptimized("sec-fetch-site");

    static Visitor of(HttpServerRequest request, String path) {
        return new Visitor(
                request.method().name(),
                path,
                request.authority() == null ? null : request.authority().toString(),
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(SEC_FETCH_SITE),
                BodyLength.announced(request) != 0,
                request.getHeader(HttpHeaders.CONTENT_TYPE));
    }

    /// Whether the method is one that may change something.
    boolean changes() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }
}
