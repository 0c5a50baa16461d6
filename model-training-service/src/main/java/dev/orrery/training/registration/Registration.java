package dev.orrery.training.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.model.PackageFiles;
import io.quarkus.logging.Log;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/// One training job as the registry knows it: a run of the use case's experiment, and in the end a model version.
/// Whatever is done twice for the same job is found and not made again.
///
/// It speaks MLflow's protocol through MLflow's own client and nothing else, so any MLflow server would do.
public final class Registration implements AutoCloseable {

    /// Where the package lies among the run's artifacts.
    public static final String PACKAGE = "model";

    private static final String JOB = "orrery.job";
    private static final int CLIENT_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int MOST_METRICS = 500;

    private final MlflowClient client;
    private final ArtifactStore artifacts;
    private final String useCase;
    private final RunInfo run;
    private final long startedAt;

    private Registration(MlflowClient client, ArtifactStore artifacts, String useCase, RunInfo run, long startedAt) {
        this.client = client;
        this.artifacts = artifacts;
        this.useCase = useCase;
        this.run = run;
        this.startedAt = startedAt;
    }

    /// What a run says of itself.
    ///
    /// @param startedAt when the job was asked for: the same in each attempt, so that no figure is logged twice
    /// @param tags      more about it, by name
    public record Facts(String job, String useCase, String recipe, long startedAt, Map<String, String> tags) {}

    /// Finds the job's run, or begins it.
    ///
    /// @throws RegistryUnavailable when the registry does not answer
    public static Registration begin(URI registry, Facts facts) {
        MlflowClient client =
                new MlflowClient(new BasicMlflowHostCreds(registry.toString().replaceAll("/$", "")));
        ArtifactStore artifacts = new ArtifactStore(registry);
        try {
            RunInfo run = asking(() -> {
                String experiment = experiment(client, facts.useCase());
                return runOf(client, experiment, facts.job()).orElseGet(() -> create(client, experiment, facts));
            });
            return new Registration(client, artifacts, facts.useCase(), run, facts.startedAt());
        } catch (RuntimeException e) {
            client.close();
            artifacts.close();
            throw e;
        }
    }

    public String runId() {
        return run.getRunId();
    }

    /// Writes what the trainer is set to.
    public void parameters(Map<String, String> parameters) {
        List<Param> params = parameters.entrySet().stream()
                .map(each -> Param.newBuilder()
                        .setKey(each.getKey())
                        .setValue(each.getValue())
                        .build())
                .toList();
        asking(() -> log(List.of(), params));
    }

    /// Writes how a figure went, step by step.
    public void steps(String metric, List<Double> values) {
        List<Metric> metrics = new ArrayList<>();
        for (int step = 0; step < values.size(); step++) {
            metrics.add(metric(metric, values.get(step), step));
            if (metrics.size() == MOST_METRICS || step == values.size() - 1) {
                List<Metric> some = List.copyOf(metrics);
                asking(() -> log(some, List.of()));
                metrics.clear();
            }
        }
    }

    /// Writes the final figures.
    public void metrics(Map<String, Double> figures) {
        List<Metric> metrics = figures.entrySet().stream()
                .map(each -> metric(each.getKey(), each.getValue(), 0))
                .toList();
        asking(() -> log(metrics, List.of()));
    }

    /// Sends the package and makes it a version of the use case's model, ends the run, and returns the version.
    public int register(Path folder, Map<String, String> tags) {
        for (String file : PackageFiles.ALL) {
            artifacts.put(run.getArtifactUri(), PACKAGE + "/" + file, folder.resolve(file));
        }
        return asking(() -> {
            createModel();
            int version = existingVersion().orElseGet(() -> createVersion(tags));
            client.setTerminated(runId(), RunStatus.FINISHED);
            return version;
        });
    }

    /// Ends the run as a failure. A registry that does not hear of it is no second failure.
    public void fail(String why) {
        try {
            client.setTag(runId(), "orrery.error", why);
            client.setTerminated(runId(), RunStatus.FAILED);
        } catch (MlflowClientException e) {
            Log.warnf("Run %s could not be marked as failed: %s", runId(), e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
        artifacts.close();
    }

    private static String experiment(MlflowClient client, String name) {
        Optional<String> existing = client.getExperimentByName(name).map(Experiment::getExperimentId);
        if (existing.isPresent()) {
            return existing.get();
        }
        try {
            return client.createExperiment(name);
        } catch (MlflowHttpException e) {
            // Another worker was faster.
            return client.getExperimentByName(name)
                    .map(Experiment::getExperimentId)
                    .orElseThrow(() -> e);
        }
    }

    private static Optional<RunInfo> runOf(MlflowClient client, String experiment, String job) {
        return client
                .searchRuns(List.of(experiment), "tags.%s = '%s'".formatted(JOB, job), ViewType.ACTIVE_ONLY, 1)
                .getItems()
                .stream()
                .findFirst()
                .map(Run::getInfo);
    }

    private static RunInfo create(MlflowClient client, String experiment, Facts facts) {
        CreateRun.Builder run = CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName(facts.recipe())
                .setStartTime(facts.startedAt())
                .addTags(RunTag.newBuilder().setKey(JOB).setValue(facts.job()));
        facts.tags()
                .forEach((key, value) ->
                        run.addTags(RunTag.newBuilder().setKey(key).setValue(value)));
        return client.createRun(run.build());
    }

    private void createModel() {
        try {
            client.sendPost("registered-models/create", json(Map.of("name", useCase)));
        } catch (MlflowHttpException e) {
            if (!e.getBodyMessage().contains("RESOURCE_ALREADY_EXISTS")) {
                throw e;
            }
        }
    }

    private Optional<Integer> existingVersion() {
        return client.searchModelVersions("run_id = '%s'".formatted(runId())).getItems().stream()
                .filter(version -> version.getName().equals(useCase))
                .map(version -> Integer.valueOf(version.getVersion()))
                .findFirst();
    }

    private int createVersion(Map<String, String> tags) {
        List<Map<String, String>> pairs = tags.entrySet().stream()
                .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
                .toList();
        String answer = client.sendPost(
                "model-versions/create",
                json(Map.of(
                        "name",
                        useCase,
                        "source",
                        run.getArtifactUri() + "/" + PACKAGE,
                        "run_id",
                        runId(),
                        "tags",
                        pairs)));
        try {
            JsonNode version = Json.MAPPER.readTree(answer).at("/model_version/version");
            return Integer.parseInt(version.asText());
        } catch (JsonProcessingException | NumberFormatException e) {
            throw new RegistryUnavailable("the registry names no version: " + answer, e);
        }
    }

    private Void log(List<Metric> metrics, List<Param> params) {
        client.logBatch(runId(), metrics, params, List.of());
        return null;
    }

    private Metric metric(String key, double value, int step) {
        return Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimestamp(startedAt)
                .setStep(step)
                .build();
    }

    /// A refusal (4xx) stays what it is, since asking again would not help; anything else may pass.
    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (MlflowHttpException e) {
            if (e.getStatusCode() >= CLIENT_ERROR
                    && e.getStatusCode() < SERVER_ERROR
                    && e.getStatusCode() != NOT_FOUND) {
                throw new IllegalStateException("the registry refuses: " + e.getBodyMessage(), e);
            }
            throw new RegistryUnavailable("the registry fails: " + e.getMessage(), e);
        } catch (MlflowClientException e) {
            throw new RegistryUnavailable("the registry cannot be reached: " + e.getMessage(), e);
        }
    }

    private static String json(Object body) {
        try {
            return Json.MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is always JSON", e);
        }
    }
}
