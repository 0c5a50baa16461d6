package dev.orrery.cli.load;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/// An answer of gRPC while its frames come in: one message, and trailers that say how it ended.
final class GrpcAnswer {

    private static final int OK = 200;
    private static final int PREFIX = 5;
    private static final int PRIORITY = 0x20;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private DefaultHttp2HeadersDecoder headers;
    private int http;
    private int status;
    private String reason;

    /// Headers are read by what was said before on the same connection.
    void connected() {
        headers = new DefaultHttp2HeadersDecoder(false);
    }

    void begin() {
        http = 0;
        status = -1;
        reason = "";
        message.reset();
    }

    void reset() {
        reason = "the stream was reset";
    }

    void data(Frame frame) {
        ByteBuffer data = frame.payload();
        int padding = frame.padding(data);
        message.write(data.array(), data.arrayOffset() + data.position(), data.remaining() - padding);
    }

    void headers(Frame frame) throws IOException {
        ByteBuffer block = frame.payload();
        int padding = frame.padding(block);
        block.position(block.position() + (frame.has(PRIORITY) ? PREFIX : 0)).limit(block.limit() - padding);
        try {
            Http2Headers read = headers.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(block));
            http = read.status() == null ? http : Integer.parseInt(read.status().toString());
            CharSequence ended = read.get("grpc-status");
            status = ended == null ? status : Integer.parseInt(ended.toString());
            CharSequence said = read.get("grpc-message");
            reason = said == null ? reason : said.toString();
        } catch (Http2Exception | NumberFormatException e) {
            throw new ProtocolException("an answer's headers cannot be read: " + e.getMessage());
        }
    }

    /// What is wrong with it, or null.
    Fault fault(Wire.Look look, boolean whole) {
        if (status != GrpcStatus.OK) {
            return status < 0
                    ? Fault.hungUp(http == OK || http == 0 ? reason : "HTTP status " + http)
                    : Fault.grpc(status, reason);
        }
        ByteBuffer answer = ByteBuffer.wrap(message.toByteArray());
        if (answer.remaining() < PREFIX || answer.getInt(1) != answer.remaining() - PREFIX) {
            return Fault.malformed("a message of another length than it says");
        }
        String wrong = look.fault(answer.position(PREFIX).slice(), whole);
        return wrong == null ? null : Fault.malformed(wrong);
    }
}
