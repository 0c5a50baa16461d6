package dev.orrery.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.Wait;
import dev.orrery.cli.load.Generator;
import dev.orrery.cli.load.Plan;
import dev.orrery.cli.load.Run;
import dev.orrery.cli.load.Wire;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Json;
import dev.orrery.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A process that is asked: a second instance of the service, or the program that answers fixed bytes.
///
/// @param port for HTTP
/// @param grpc for gRPC; the same where there is none
record Answerer(String name, Process process, int port, int grpc) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 300;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int OK = 200;

    /// A second instance of the service, with the platform's flags and a state of its own.
    ///
    /// @param settings in which it differs besides
    static Answerer service(Platform platform, Scratch scratch, String name, Map<String, String> settings)
            throws IOException {
        int port = Ports.free();
        int grpc = Ports.free();
        Map<String, String> all = new HashMap<>(settings);
        all.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        all.put("ORRERY_GRPC_PORT", String.valueOf(grpc));
        all.put("ORRERY_STATE", scratch.file(name).toString());
        Process process = platform.second(Part.INFERENCE, all)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(scratch.file(name + ".log").toFile())
                .start();
        return new Answerer(name, process, port, grpc);
    }

    /// Fixed bytes over HTTP, with the flags of the service.
    static Answerer bare(Platform platform) throws IOException {
        int port = Ports.free();
        Process process = platform.beside(
                        Ceilings.MODULE, Ceilings.PROGRAM, Part.INFERENCE, List.of("bare", "port=" + port))
                .start();
        return new Answerer("fixed bytes", process, port, port);
    }

    /// Asks one question until it is answered.
    ///
    /// @param path  with the question as JSON
    /// @return the answer
    JsonNode awaitAnswer(String path, byte[] body) {
        return Wait.seconds(PATIENCE_SECONDS, name + " to answer")
                .until(() -> ask(path, body), answer -> !answer.isMissingNode());
    }

    private JsonNode ask(String path, byte[] body) {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return Json.MAPPER.readTree(response.statusCode() == OK ? response.body() : new byte[0]);
        } catch (IOException e) {
            // It is not up yet.
            return Json.MAPPER.missingNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while waiting for " + name, e);
        }
    }

    /// As many as wait for their answers ask again and again, for so long.
    Run ask(Wire wire, int connections, int seconds) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), wire.grpc() ? grpc : port);
        return Generator.run(Plan.closed(wire.to(here), connections, Duration.ZERO, Duration.ofSeconds(seconds)));
    }

    /// So many requests are due in a second.
    Run ask(Wire wire, double rate, int seconds) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), wire.grpc() ? grpc : port);
        return Generator.run(Plan.open(wire.to(here), rate, Duration.ofSeconds(1), Duration.ofSeconds(seconds)));
    }

    /// Processor time that it has taken since it began, microseconds.
    double cpuMicros() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS_PER_MICRO;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
