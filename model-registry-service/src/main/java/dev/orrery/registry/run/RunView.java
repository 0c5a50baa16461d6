package dev.orrery.registry.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.mlflow.Mlflow.KeyValue;
import dev.orrery.registry.run.Metrics.Metric;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A run as MLflow's clients read it.
@Schema(name = "MlflowRun")
record RunView(Info info, Data data, Map<String, Object> inputs) {

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowRunInfo")
    record Info(
            String runId,
            String runUuid,
            String runName,
            String experimentId,
            String userId,
            RunStatus status,
            long startTime,
            Long endTime,
            String artifactUri,
            String lifecycleStage) {

        static Info of(Run run) {
            return new Info(
                    run.id,
                    run.id,
                    run.name,
                    String.valueOf(run.experimentId),
                    run.userId,
                    run.status,
                    run.startMs,
                    run.endMs,
                    run.artifactUri,
                    "active");
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowRunData")
    record Data(List<Metric> metrics, List<KeyValue> params, List<KeyValue> tags) {}

    static RunView of(Run run, List<Metric> metrics) {
        Data data = new Data(
                metrics,
                run.params.entrySet().stream().map(KeyValue::of).toList(),
                run.tags.entrySet().stream().map(KeyValue::of).toList());
        return new RunView(Info.of(run), data, Map.of());
    }
}
