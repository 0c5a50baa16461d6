package dev.orrery.inference;

import com.sun.net.httpserver.HttpServer;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import dev.orrery.model.Scorer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where packages are fetched from in tests, over HTTP as from the registry, and two packages whose models answer
/// differently.
public final class Shelf implements AutoCloseable {

    /// The scores of `{"tenure": 12, "contract": "one-year"}`.
    public static final double TINY_SCORE = 0.3273929953575134;

    public static final double OTHER_SCORE = 0.5695462;

    /// Constants of the model, as they lie in its file.
    private static final String INTERCEPT = "000000bf";

    private static final String TENURE_SCALE = "cdcc4c3d";

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean broken;

    public Shelf() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", exchange -> {
            waitFor(held.get(exchange.getRequestURI().getPath()));
            byte[] file = files.get(exchange.getRequestURI().getPath());
            int status = broken ? 503 : file == null ? 404 : 200;
            exchange.sendResponseHeaders(status, status == 200 ? file.length : -1);
            if (status == 200) {
                served.incrementAndGet();
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.start();
    }

    /// The package of the tests: two columns, `tenure` and `contract`, keyed by the personal `customer`.
    public static Map<String, byte[]> tiny() {
        Map<String, byte[]> files = new TreeMap<>();
        for (String file : PackageFiles.ALL) {
            files.put(file, file("/tiny-package/" + file));
        }
        return files;
    }

    private static byte[] file(String resource) {
        try (InputStream stream = Shelf.class.getResourceAsStream(resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A package whose model tells three classes, and one whose model gives a number: `classes` or `number`. They take
    /// what the package of the tests takes.
    public static Map<String, byte[]> ofTask(String name) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String file : List.of(PackageFiles.MODEL, PackageFiles.CARD, PackageFiles.GOLDEN, PackageFiles.PROFILE)) {
            files.put(file, file("/%s-package/%s".formatted(name, file)));
        }
        return files;
    }

    /// The same package with another intercept, so other scores.
    public static Map<String, byte[]> other() {
        return patched(Map.of(INTERCEPT, "0000003f"));
    }

    /// The same package with a model that answers its golden rows and has no number for a tenure of 3e38: there,
    /// infinity is taken from infinity.
    public static Map<String, byte[]> faulty() {
        return patched(Map.of(INTERCEPT, "0000807f", TENURE_SCALE, "00007a44"));
    }

    /// The same model, whose card says something else in a place.
    public static Map<String, byte[]> carded(String said, String says) {
        Map<String, byte[]> files = tiny();
        String card = new String(files.get(PackageFiles.CARD), StandardCharsets.UTF_8);
        if (!card.contains(said)) {
            throw new IllegalArgumentException("the card does not say " + said);
        }
        files.put(PackageFiles.CARD, card.replace(said, says).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /// Exchanges constants inside the model, and writes golden rows that are true of what comes out.
    private static Map<String, byte[]> patched(Map<String, String> constants) {
        Map<String, byte[]> files = tiny();
        String model = HexFormat.of().formatHex(files.get(PackageFiles.MODEL));
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            model = model.replace(constant.getKey(), constant.getValue());
        }
        files.put(PackageFiles.MODEL, HexFormat.of().parseHex(model));
        try {
            Golden golden = Json.MAPPER.readValue(files.get(PackageFiles.GOLDEN), Golden.class);
            List<Double> scores = scores(files, golden.rows());
            Golden other = new Golden(golden.rows(), Map.of(Output.SCORE, scores));
            files.put(PackageFiles.GOLDEN, Json.bytes(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static List<Double> scores(Map<String, byte[]> files, List<Map<String, Object>> rows) throws IOException {
        Path file = Files.createTempFile("orrery-test-", ".onnx");
        Files.write(file, files.get(PackageFiles.MODEL));
        ModelCard card = Json.MAPPER.readValue(files.get(PackageFiles.CARD), ModelCard.class);
        try (Scorer model = Scorer.load(file, card)) {
            float[] scores = model.score(RowBlock.of(Rows.of(model.card().inputs(), rows)))[0];
            return IntStream.range(0, scores.length)
                    .mapToObj(row -> (double) scores[row])
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /// Puts a package up and returns a slot for it.
    public Slot slot(String endpoint, int version, Role role, int share, Map<String, byte[]> contents) {
        Slot champion = deployment(endpoint, version, contents).slots().getFirst();
        return new Slot("tiny", version, role, share, champion.packageUri(), champion.files());
    }

    /// A deployment of several versions.
    public static DeploymentChanged deployment(String endpoint, long revision, Slot... slots) {
        return new DeploymentChanged(endpoint, revision, "tiny", List.of(slots), Instant.now());
    }

    /// Puts a package up and returns a deployment of it.
    public DeploymentChanged deployment(String endpoint, long revision, Map<String, byte[]> contents) {
        String folder = "/%s/%d".formatted(endpoint, revision);
        contents.forEach((path, bytes) -> files.put(folder + "/" + path, bytes));
        Map<String, String> digests = contents.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> sha256(file.getValue())));
        return deployment(endpoint, revision, folder, digests);
    }

    /// A deployment that says what it likes of its files.
    public DeploymentChanged deployment(String endpoint, long revision, String folder, Map<String, String> digests) {
        String uri = "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), folder);
        Slot slot = new Slot("tiny", (int) revision, Role.CHAMPION, 100, uri, digests);
        return new DeploymentChanged(endpoint, revision, "tiny", List.of(slot), Instant.now());
    }

    /// Replaces or adds the bytes behind an address without telling any deployment.
    public void put(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    /// Answers requests for a file only after the latch has opened.
    public void hold(String path, CountDownLatch until) {
        held.put(path, until);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether every request is answered 503.
    public void broken(boolean now) {
        broken = now;
    }

    /// Files handed out so far.
    public int served() {
        return served.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
