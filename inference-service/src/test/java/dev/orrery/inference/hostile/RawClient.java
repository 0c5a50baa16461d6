package dev.orrery.inference.hostile;

import dev.orrery.testing.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A client that keeps to no rule: it sends what it is told, as slowly as it is told, and may not wait for an answer.
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(ServiceProcess service) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
    }

    /// A request's head; its length is announced, whatever follows.
    static byte[] head(String path, String type, long length) {
        return """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Content-Type: %s\r
                Content-Length: %d\r
                \r
                """.formatted(path, type, length).getBytes(StandardCharsets.US_ASCII);
    }

    RawClient send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /// The status of the answer; 0 when the service hung up without one.
    int status() {
        String line = line();
        return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9, 12)) : 0;
    }

    /// Hangs up in the rudest way.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() {
        try {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
