package dev.orrery.cli.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Applications that ask for predictions, each about its own customers, and remember what they were answered.
final class Callers implements AutoCloseable {

    private static final int CALLERS = 8;
    private static final int CUSTOMERS = 1_000;
    private static final int READINGS = 3_000;
    private static final int MOST_TOLD = 5;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final AnsweredIds ids = new AnsweredIds();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();
    private final ConcurrentSkipListMap<Integer, AtomicLong> byVersion = new ConcurrentSkipListMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /// @param endpoint the address of its predictions
    Callers(URI endpoint) {
        address = endpoint;
    }

    /// Asks as fast as it is answered.
    ///
    /// @return answers a second
    double capacity(Duration time) throws InterruptedException {
        long before = answered.get();
        start(0);
        Thread.sleep(time);
        stop();
        return (answered.get() - before) * 1e9 / time.toNanos();
    }

    /// Begins to ask.
    ///
    /// @param rate requests a second of all together; 0 for as many as are answered
    void start(double rate) {
        over = false;
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller;
            threads.add(Thread.ofPlatform().name("caller-" + caller).start(() -> ask(first, rate)));
        }
    }

    void stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
    }

    long answered() {
        return answered.get();
    }

    /// Requests that were not answered as they should be.
    int failed() {
        return failed.get();
    }

    /// The first of what went wrong.
    List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /// Answers by version.
    String versions() {
        return byVersion.toString();
    }

    int differentVersions() {
        return byVersion.size();
    }

    AnsweredIds ids() {
        return ids;
    }

    @Override
    public void close() {
        over = true;
        http.shutdownNow();
        http.close();
    }

    private void ask(int caller, double rate) {
        long pause = rate == 0 ? 0 : (long) (CALLERS * 1e9 / rate);
        long next = System.nanoTime();
        for (int request = caller; !over; request += CALLERS) {
            ask(request);
            next += pause;
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private void ask(int request) {
        String row = "{\"meter\": \"M%d\", \"reading\": %d, \"kind\": \"%s\"}"
                .formatted(request % CUSTOMERS, request % READINGS, request % 2 == 0 ? "gas" : "water");
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(address)
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(row))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (response.statusCode() == OK) {
                remember(Json.MAPPER.readTree(response.body()));
            } else {
                fail("%d: %s".formatted(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            fail(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
    }

    private void remember(JsonNode answer) {
        ids.add(answer.path("predictions").path(0).path("id").asText());
        byVersion
                .computeIfAbsent(answer.path("version").asInt(), _ -> new AtomicLong())
                .incrementAndGet();
        answered.incrementAndGet();
    }

    private void fail(String how) {
        failed.incrementAndGet();
        synchronized (failures) {
            if (failures.size() < MOST_TOLD) {
                failures.add(how);
            }
        }
    }
}
