package dev.orrery.training.registration;

import dev.orrery.training.registration.Registration.Facts;
import java.util.List;
import java.util.Optional;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/// Runs of training jobs. A job has one, which bears its id as a tag.
final class Runs {

    private static final String JOB = "orrery.job";

    private final MlflowClient client;

    Runs(MlflowClient client) {
        this.client = client;
    }

    /// The job's run, made if there is none yet.
    RunInfo of(Facts facts) {
        String experiment = experiment(facts.useCase());
        return find(experiment, facts.job()).orElseGet(() -> create(experiment, facts));
    }

    private String experiment(String name) {
        return idOf(name).orElseGet(() -> {
            try {
                return client.createExperiment(name);
            } catch (MlflowHttpException e) {
                // Another worker may have been faster.
                return idOf(name).orElseThrow(() -> e);
            }
        });
    }

    private Optional<String> idOf(String experiment) {
        return client.getExperimentByName(experiment).map(Experiment::getExperimentId);
    }

    private Optional<RunInfo> find(String experiment, String job) {
        return client
                .searchRuns(List.of(experiment), "tags.%s = '%s'".formatted(JOB, job), ViewType.ACTIVE_ONLY, 1)
                .getItems()
                .stream()
                .findFirst()
                .map(Run::getInfo);
    }

    private RunInfo create(String experiment, Facts facts) {
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
}
