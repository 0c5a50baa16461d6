package dev.orrery.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forty clients announce eight million bytes each, send nearly all of them and never end, against 128 MB of heap.
class UnfinishedUploadsIT {

    private static final int UPLOADS = 40;
    private static final int ANNOUNCED = 8_000_000;
    private static final int SENT = 7_900_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path state;

    @Test
    void uploads_that_never_end_are_not_noticed_by_others_and_are_ended() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(settings());
                HttpClient client = HttpClient.newHttpClient()) {
            List<Socket> uploads = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                uploads.add(begin(service));
                assertThat(predict(service, client)).isEqualTo(404);
            }

            await().atMost(PATIENCE).until(() -> {
                assertThat(predict(service, client)).isEqualTo(404);
                return uploads.stream().allMatch(UnfinishedUploadsIT::isEnded);
            });

            assertThat(service.alive()).isTrue();
            for (Socket upload : uploads) {
                upload.close();
            }
        }
    }

    private Map<String, String> settings() {
        return Map.of(
                "kafka.bootstrap.servers",
                "nobody.invalid:9092",
                "orrery.subject-key",
                Platform.SUBJECT_KEY,
                "orrery.state",
                state.toString());
    }

    /// An ordinary small request; the model it asks does not exist, which takes no less of the way of its body.
    private static int predict(ServiceProcess service, HttpClient client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/v2/models/none/infer"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString("{\"inputs\": []}"))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static Socket begin(ServiceProcess service) throws IOException {
        Socket socket = new Socket("127.0.0.1", service.port());
        socket.setSoTimeout(100);
        OutputStream out = socket.getOutputStream();
        String head = "POST /v2/models/none/infer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: %d\r\n\r\n".formatted(ANNOUNCED);
        out.write(head.getBytes(US_ASCII));
        byte[] spaces = new byte[100_000];
        Arrays.fill(spaces, (byte) ' ');
        for (int sent = 0; sent < SENT; sent += spaces.length) {
            out.write(spaces);
        }
        return socket;
    }

    /// Whether an answer came, or the connection is closed.
    private static boolean isEnded(Socket upload) {
        try {
            InputStream in = upload.getInputStream();
            return in.read() != 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
