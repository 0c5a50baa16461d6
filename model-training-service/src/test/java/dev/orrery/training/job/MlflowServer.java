package dev.orrery.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orrery.contracts.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of an MLflow server as one training needs, so that the real client has somebody to talk to.
public class MlflowServer implements QuarkusTestResourceLifecycleManager {

    /// A run with all that was logged to it.
    static final class Run {
        final String id;
        final String experiment;
        final Map<String, String> tags = new ConcurrentHashMap<>();
        final Map<String, String> params = new ConcurrentHashMap<>();
        final Map<String, List<Double>> metrics = new ConcurrentHashMap<>();
        volatile String status = "RUNNING";

        Run(String id, String experiment) {
            this.id = id;
            this.experiment = experiment;
        }

        Map<String, Object> json() {
            Map<String, Object> info = Map.of(
                    "run_id",
                    id,
                    "run_uuid",
                    id,
                    "experiment_id",
                    experiment,
                    "status",
                    status,
                    "artifact_uri",
                    artifactUri());
            return Map.of("info", info, "data", Map.of());
        }

        String artifactUri() {
            return "mlflow-artifacts:/%s/%s/artifacts".formatted(experiment, id);
        }

        /// Where a file of its package lies.
        String pathOf(String file) {
            return "%s/%s/artifacts/model/%s".formatted(experiment, id, file);
        }
    }

    /// A model version.
    record Version(String model, int number, String runId, String source) {}

    static final List<Run> RUNS = new CopyOnWriteArrayList<>();
    static final List<Version> VERSIONS = new CopyOnWriteArrayList<>();
    static final Map<String, byte[]> ARTIFACTS = new ConcurrentHashMap<>();

    private static final String API = "/api/2.0/mlflow/";
    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final List<String> EXPERIMENTS = new ArrayList<>();
    private static final Map<String, Integer> FAILURES = new ConcurrentHashMap<>();

    private HttpServer server;

    /// What the server answers.
    private record Answer(int status, Object body) {}

    /// Lets the next requests for models of this name fail, as a registry does that is being restarted.
    static void failNext(int requests, String model) {
        FAILURES.put(model, requests);
    }

    static List<Run> runsOf(String job) {
        return RUNS.stream()
                .filter(run -> job.equals(run.tags.get("orrery.job")))
                .toList();
    }

    static List<Version> versionsOf(String model) {
        return VERSIONS.stream()
                .filter(version -> version.model().equals(model))
                .toList();
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the MLflow server did not start", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        return Map.of(
                "orrery.registry-url", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer;
        if (path.startsWith(PROXY)) {
            ARTIFACTS.put(path.substring(PROXY.length()), body);
            answer = new Answer(200, Map.of());
        } else {
            JsonNode request = body.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(body);
            answer = answer(path.substring(API.length()), query(exchange), request);
        }
        byte[] json = Json.MAPPER.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), json.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(json);
        }
    }

    private static synchronized Answer answer(String call, String query, JsonNode request) {
        return switch (call) {
            case "experiments/get-by-name" -> {
                int found = EXPERIMENTS.indexOf(query);
                yield found < 0
                        ? error(404, "RESOURCE_DOES_NOT_EXIST")
                        : ok(Map.of("experiment", Map.of("experiment_id", "" + found, "name", query)));
            }
            case "experiments/create" -> {
                EXPERIMENTS.add(request.get("name").asText());
                yield ok(Map.of("experiment_id", "" + (EXPERIMENTS.size() - 1)));
            }
            case "runs/search" ->
                ok(Map.of(
                        "runs",
                        runsOf(quoted(request.get("filter").asText())).stream()
                                .map(Run::json)
                                .toList()));
            case "runs/create" -> ok(Map.of("run", create(request).json()));
            case "runs/log-batch" -> logBatch(run(request), request);
            case "runs/set-tag" -> {
                run(request)
                        .tags
                        .put(request.get("key").asText(), request.get("value").asText());
                yield ok(Map.of());
            }
            case "runs/update" -> {
                run(request).status = request.get("status").asText();
                yield ok(Map.of("run_info", run(request).json().get("info")));
            }
            case "registered-models/create" -> createModel(request.get("name").asText());
            case "model-versions/search" ->
                ok(Map.of(
                        "model_versions",
                        VERSIONS.stream()
                                .filter(version -> version.runId().equals(quoted(query)))
                                .map(MlflowServer::json)
                                .toList()));
            case "model-versions/create" -> {
                String model = request.get("name").asText();
                Version version = new Version(
                        model,
                        versionsOf(model).size() + 1,
                        request.get("run_id").asText(),
                        request.get("source").asText());
                VERSIONS.add(version);
                yield ok(Map.of("model_version", json(version)));
            }
            default -> error(404, "ENDPOINT_NOT_FOUND");
        };
    }

    private static Run create(JsonNode request) {
        Run run = new Run(
                "%032x".formatted(RUNS.size() + 1), request.get("experiment_id").asText());
        request.get("tags")
                .forEach(tag ->
                        run.tags.put(tag.get("key").asText(), tag.get("value").asText()));
        RUNS.add(run);
        return run;
    }

    private static Answer createModel(String name) {
        if (FAILURES.merge(name, -1, Integer::sum) >= 0) {
            return error(503, "TEMPORARILY_UNAVAILABLE");
        }
        return versionsOf(name).isEmpty() ? ok(Map.of()) : error(400, "RESOURCE_ALREADY_EXISTS");
    }

    private static Answer logBatch(Run run, JsonNode request) {
        request.path("params")
                .forEach(param -> run.params.put(
                        param.get("key").asText(), param.get("value").asText()));
        request.path("metrics")
                .forEach(metric -> run.metrics
                        .computeIfAbsent(metric.get("key").asText(), _ -> new CopyOnWriteArrayList<>())
                        .add(metric.get("value").asDouble()));
        return ok(Map.of());
    }

    private static Run run(JsonNode request) {
        return RUNS.stream()
                .filter(run -> run.id.equals(request.get("run_id").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> json(Version version) {
        return Map.of(
                "name",
                version.model(),
                "version",
                "" + version.number(),
                "run_id",
                version.runId(),
                "status",
                "READY");
    }

    /// The value of the first query parameter that is about names.
    private static String query(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        Matcher value = Pattern.compile("(?:experiment_name|filter)=([^&]*)").matcher(raw == null ? "" : raw);
        return value.find() ? URLDecoder.decode(value.group(1), StandardCharsets.UTF_8) : "";
    }

    private static String quoted(String filter) {
        Matcher quoted = QUOTED.matcher(filter);
        return quoted.find() ? quoted.group(1) : "";
    }

    private static Answer ok(Object body) {
        return new Answer(200, body);
    }

    private static Answer error(int status, String code) {
        return new Answer(status, Map.of("error_code", code, "message", code));
    }
}
