package dev.orrery.inference.grpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/// What a caller gets: messages, and behind the last one how the call ended.
final class Reply {

    static final String GRPC = "application/grpc";

    private static final CharSequence TYPE = HttpHeaders.createOptimized(GRPC);
    private static final CharSequence STATUS = HttpHeaders.createOptimized("grpc-status");
    private static final CharSequence MESSAGE = HttpHeaders.createOptimized("grpc-message");
    private static final CharSequence ACCEPTED = HttpHeaders.createOptimized("grpc-accept-encoding");
    private static final CharSequence ENCODINGS = HttpHeaders.createOptimized("identity,gzip,deflate");
    private static final CharSequence OK = HttpHeaders.createOptimized("0");
    /// Some clients close the connection over longer headers.
    private static final int LONGEST_MESSAGE = 2000;

    private final HttpServerResponse response;

    Reply(HttpServerResponse response) {
        this.response = response;
    }

    boolean isOver() {
        return response.ended() || response.closed();
    }

    void write(WireWriter message) {
        begin();
        response.write(framed(message));
    }

    void end(WireWriter message) {
        begin();
        response.putTrailer(STATUS, OK);
        response.end(framed(message));
    }

    void end() {
        begin();
        response.putTrailer(STATUS, OK);
        response.end();
    }

    void fail(GrpcFailure failure) {
        if (isOver()) {
            return;
        }
        String number = String.valueOf(failure.status().number());
        String message = encoded(failure.getMessage());
        if (response.headWritten()) {
            response.putTrailer(STATUS, number);
            response.putTrailer(MESSAGE, message);
        } else {
            begin();
            response.putHeader(STATUS, number);
            response.putHeader(MESSAGE, message);
        }
        response.end();
    }

    private void begin() {
        if (!response.headWritten()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE);
            response.putHeader(ACCEPTED, ENCODINGS);
            response.setChunked(true);
        }
    }

    private static Buffer framed(WireWriter message) {
        return Buffer.buffer(Incoming.PREFIX + message.size())
                .appendByte((byte) 0)
                .appendInt(message.size())
                .appendBytes(message.bytes(), 0, message.size());
    }

    /// As headers carry it: what is not plain ASCII, byte by byte in hexadecimal.
    private static String encoded(String message) {
        StringBuilder header = new StringBuilder();
        for (byte unit : message.getBytes(StandardCharsets.UTF_8)) {
            if (header.length() > LONGEST_MESSAGE) {
                return header.append("...").toString();
            }
            if (unit >= ' ' && unit <= '~' && unit != '%') {
                header.append((char) unit);
            } else {
                header.append("%%%02X".formatted(unit));
            }
        }
        return header.toString();
    }
}
