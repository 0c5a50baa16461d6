package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final String JSON = "{\"outputs\":[]}";
    private static final double STALL_MICROS = 1e6;
    private static final Duration NONE = Duration.ZERO;

    @Test
    void a_stall_of_a_second_is_seen_by_all_who_were_due_meanwhile_and_not_by_users_who_wait() throws IOException {
        Run open;
        Run closed;
        try (BareServer server = new BareServer(JSON, stallAtRequest(400))) {
            open = Generator.run(plan(server, new Pattern.Open(200, true), 8, Duration.ofSeconds(4)));
        }
        try (BareServer server = new BareServer(JSON, stallAtRequest(400))) {
            closed = Generator.run(plan(server, new Pattern.Closed(1), 1, Duration.ofSeconds(4)));
        }

        assertThat(open.failed()).isZero();
        assertThat(open.answered()).isEqualTo(800);
        // A quarter of all requests were due in the second in which nobody was answered.
        assertThat(open.latency().p90()).isGreaterThan(STALL_MICROS / 2);
        assertThat(open.latency().p99()).isGreaterThan(STALL_MICROS * 0.9);
        assertThat(open.afterSending().p90()).isLessThan(open.latency().p90());
        assertThat(closed.latency().max()).isGreaterThan(STALL_MICROS * 0.9);
        assertThat(closed.latency().p99()).isLessThan(STALL_MICROS / 2);
    }

    @Test
    void what_was_due_and_could_not_be_sent_until_the_end_counts_with_what_it_waited() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (BareServer server = new BareServer(JSON, () -> pause(asked.incrementAndGet() > 1 ? 250 : 0))) {
            Run run = Generator.run(plan(server, new Pattern.Open(50, true), 1, Duration.ofSeconds(2)));

            assertThat(run.answered() + run.failed()).isEqualTo(100);
            assertThat(run.faults().get(Fault.UNSENT)).isGreaterThan(50);
            assertThat(run.latency().count()).isEqualTo(100);
            assertThat(run.latency().p99()).isGreaterThan(STALL_MICROS);
        }
    }

    @Test
    void warming_up_is_not_measured() throws IOException {
        try (BareServer server = new BareServer(JSON, stallAtRequest(1))) {
            Wire wire = wire(server.address(), true);
            Run run = Generator.run(Plan.open(wire, 100, Duration.ofSeconds(3), Duration.ofSeconds(1))
                    .with(new Pattern.Open(100, true)));

            assertThat(run.answered()).isEqualTo(100);
            assertThat(run.latency().max()).isLessThan(STALL_MICROS * 0.9);
            assertThat(run.seconds()).hasSize(1);
            assertThat(run.seconds().getFirst().latencies().getTotalCount()).isEqualTo(100);
        }
    }

    @Test
    void each_kind_of_fault_is_counted_and_one_of_it_shown() throws IOException {
        assertThat(faults("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nfull", false))
                .containsExactly("turned away, 503");
        assertThat(faults("HTTP/1.1 400 No\r\ntransfer-encoding: Chunked\r\n\r\n3\r\nbad\r\n0\r\n\r\n", false))
                .containsExactly("status 400");
        assertThat(faults("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nno", false))
                .containsExactly("malformed answer");
        assertThat(faults("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nno", true))
                .containsExactly("hung up");
        assertThat(faults("HTTP/1.1 200 OK\r\n", false)).containsExactly(Fault.TIMEOUT);
    }

    @Test
    void nobody_at_all_is_said_before_anything_is_measured() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }

        assertThatThrownBy(() -> new Generator(Plan.closed(wire(nobody, true), 1, NONE, NONE)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(String.valueOf(nobody.getPort()));
    }

    /// What is counted when somebody answers so.
    private static List<String> faults(String answer, boolean close) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(socket, answer, close));
            InetSocketAddress address = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
            Run run = Generator.run(new Plan(
                    wire(address, false),
                    new Pattern.Open(20, true),
                    1,
                    NONE,
                    Duration.ofMillis(400),
                    Duration.ofMillis(200)));
            assertThat(run.answered()).isZero();
            assertThat(run.examples().keySet()).isEqualTo(run.faults().keySet());
            return run.faults().keySet().stream()
                    .filter(kind -> !kind.equals(Fault.UNSENT))
                    .toList();
        }
    }

    private static void answerAll(ServerSocket server, String answer, boolean close) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket, answer, close));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private static void answer(Socket socket, String answer, boolean close) {
        byte[] request = new byte[4096];
        try (socket) {
            OutputStream out = socket.getOutputStream();
            while (socket.getInputStream().read(request) > 0) {
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                if (close) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client hung up.
            return;
        }
    }

    private static Plan plan(BareServer server, Pattern pattern, int connections, Duration duration) {
        return new Plan(wire(server.address(), true), pattern, connections, NONE, duration, Duration.ofSeconds(20));
    }

    private static Wire wire(InetSocketAddress address, boolean lenient) {
        return new Wire(
                address,
                false,
                "/",
                "Content-Type: application/json\r\n",
                List.of(Body.of("{}")),
                (answer, whole) -> lenient ? null : answer.get(0) == '{' ? null : "no JSON");
    }

    private static Runnable stallAtRequest(int number) {
        AtomicInteger asked = new AtomicInteger();
        return () -> pause(asked.incrementAndGet() == number ? 1000 : 0);
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
