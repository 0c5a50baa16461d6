package dev.orrery.testing;

import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/// The packaged service of the module under test as a process of its own, with the heap it has in production.
public final class ServiceProcess implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final File LOG = new File("target/service-process.log");

    private final int port = Ports.free();
    private final int grpcPort = Ports.free();
    private final Process process;

    private ServiceProcess(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(JAVA.toString(), "-Xmx128m", "-XX:+UseSerialGC", "-Dquarkus.http.port=" + port));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dorrery.grpc.port=" + grpcPort);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG))
                .start();
    }

    /// Returns once the service is ready.
    public static ServiceProcess start(Map<String, String> settings) throws IOException {
        ServiceProcess service = new ServiceProcess(settings);
        try {
            await().atMost(Duration.ofMinutes(3)).until(service::ready);
            return service;
        } catch (ConditionTimeoutException e) {
            service.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /// Where inference answers gRPC.
    public int grpcPort() {
        return grpcPort;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// `kill -9`.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM.
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean ready() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("the service did not start; see " + LOG);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri("/q/health/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
