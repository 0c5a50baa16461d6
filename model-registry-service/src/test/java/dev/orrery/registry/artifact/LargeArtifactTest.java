package dev.orrery.registry.artifact;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Sha256;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class LargeArtifactTest {

    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts";
    private static final int MEGABYTE = 1 << 20;
    private static final long LOOK = 64L * MEGABYTE;

    @TestHTTPResource(PROXY + "/")
    String proxy;

    @ConfigProperty(name = "orrery.state")
    Path state;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_large_file_passes_through_in_small_memory() throws Exception {
        long size = 256L * MEGABYTE;
        MessageDigest sent = Sha256.digest();
        long before = usedMemory();
        Peak peak = new Peak();
        BodyPublisher body = BodyPublishers.ofInputStream(() -> new DigestInputStream(new Pattern(size, peak), sent));
        assertThat(put(body)).isEqualTo(200);

        MessageDigest received = Sha256.digest();
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(large()).GET().build(), BodyHandlers.ofInputStream());
        try (InputStream stream = new DigestInputStream(response.body(), received)) {
            stream.transferTo(OutputStream.nullOutputStream());
        }

        assertThat(Sha256.hex(received.digest())).isEqualTo(Sha256.hex(sent.digest()));
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(size);
        assertThat(peak.bytes - before).isLessThan(128L * MEGABYTE);
        when().delete(PROXY + "/a7").then().statusCode(200);
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws Exception {
        URI uri = URI.create(proxy);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write("PUT %sa8/broken HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly this"
                            .formatted(uri.getPath())
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        await().untilAsserted(() -> {
            try (var files = Files.list(state.resolve("artifacts/incoming"))) {
                assertThat(files).isEmpty();
            }
        });
        when().get(PROXY + "/a8/broken").then().statusCode(404);
    }

    private URI large() {
        return URI.create(proxy + "a7/large");
    }

    private int put(BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(large()).PUT(body).build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// The most memory in use after a collection, looked at while a stream is read.
    private static final class Peak {
        private long bytes;

        private void look() {
            bytes = Math.max(bytes, usedMemory());
        }
    }

    /// A stream of so many bytes that exist only while they are read.
    private static final class Pattern extends InputStream {
        private final long size;
        private final Peak peak;
        private long position;

        private Pattern(long size, Peak peak) {
            this.size = size;
            this.peak = peak;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == size) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            Arrays.fill(buffer, offset, offset + count, (byte) (position >> 14));
            if ((position + count) / LOOK > position / LOOK) {
                peak.look();
            }
            position += count;
            return count;
        }
    }
}
