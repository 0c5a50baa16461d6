package dev.orrery.training.registration;

import dev.orrery.model.PackageFiles;
import io.quarkus.logging.Log;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/// One training job as the registry knows it: a run of the use case's experiment, and in the end a model version.
/// Whatever is done twice for the same job is found and not made again.
///
/// It speaks MLflow's protocol through MLflow's own client and nothing else, so any MLflow server would do.
public final class Registration implements AutoCloseable {

    /// Where the package lies among the run's artifacts.
    public static final String PACKAGE = "model";

    private static final int MOST_METRICS = 500;

    private final MlflowClient client;
    private final ArtifactStore artifacts;
    private final Facts facts;
    private final RunInfo run;

    private Registration(MlflowClient client, ArtifactStore artifacts, Facts facts, RunInfo run) {
        this.client = client;
        this.artifacts = artifacts;
        this.facts = facts;
        this.run = run;
    }

    /// What a run says of itself.
    ///
    /// @param startedAt when the job was asked for: the same in each attempt, so that no figure is logged twice
    /// @param tags      more about it, by name
    public record Facts(
            String job, String useCase, String model, String recipe, long startedAt, Map<String, String> tags) {}

    /// Finds the job's run, or begins it.
    ///
    /// @throws RegistryUnavailable when the registry does not answer
    public static Registration begin(URI registry, Facts facts) {
        String host = registry.toString().replaceAll("/$", "");
        MlflowClient client = new MlflowClient(new BasicMlflowHostCreds(host));
        try {
            RunInfo run = Mlflow.ask(() -> new Runs(client).of(facts));
            return new Registration(client, new ArtifactStore(registry), facts, run);
        } catch (RuntimeException e) {
            client.close();
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
        log(List.of(), params);
    }

    /// Writes how a figure went, step by step.
    public void steps(String metric, List<Double> values) {
        for (int from = 0; from < values.size(); from += MOST_METRICS) {
            List<Metric> metrics = new ArrayList<>();
            for (int step = from; step < Math.min(from + MOST_METRICS, values.size()); step++) {
                metrics.add(metric(metric, values.get(step), step));
            }
            log(metrics, List.of());
        }
    }

    /// Writes the final figures.
    public void metrics(Map<String, Double> figures) {
        List<Metric> metrics = figures.entrySet().stream()
                .map(each -> metric(each.getKey(), each.getValue(), 0))
                .toList();
        log(metrics, List.of());
    }

    /// Writes what a person should know of the data.
    public void warnings(List<String> warnings) {
        if (!warnings.isEmpty()) {
            Mlflow.ask(() -> {
                client.setTag(runId(), "orrery.warnings", String.join("; ", warnings));
                return runId();
            });
        }
    }

    /// Sends the package and makes it a version of the model, ends the run, and returns the version.
    public int register(Path folder) {
        for (String file : PackageFiles.ALL) {
            artifacts.put(run.getArtifactUri(), PACKAGE + "/" + file, folder.resolve(file));
        }
        String source = run.getArtifactUri() + "/" + PACKAGE;
        return Mlflow.ask(() -> {
            int version = new Versions(client).of(facts.model(), runId(), source, facts.tags());
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

    private void log(List<Metric> metrics, List<Param> params) {
        Mlflow.ask(() -> {
            client.logBatch(runId(), metrics, params, List.of());
            return runId();
        });
    }

    private Metric metric(String key, double value, int step) {
        return Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimestamp(facts.startedAt())
                .setStep(step)
                .build();
    }
}
