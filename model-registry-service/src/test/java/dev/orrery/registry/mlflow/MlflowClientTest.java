package dev.orrery.registry.mlflow;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/// The client from Maven Central, unmodified, against the running service.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class MlflowClientTest {

    @TestHTTPResource("/")
    String url;

    private MlflowClient client;

    @BeforeEach
    void connect() {
        client = new MlflowClient(url.replaceAll("/$", ""));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void an_experiment_is_made_once_and_found_by_id_and_name() {
        String id = client.createExperiment("exp-once");
        client.setExperimentTag(id, "team", "blue");

        Experiment found = client.getExperiment(id);
        assertThat(found.getName()).isEqualTo("exp-once");
        assertThat(found.getArtifactLocation()).isEqualTo("mlflow-artifacts:/" + id);
        assertThat(found.getTagsList())
                .singleElement()
                .satisfies(tag -> assertThat(tag.getValue()).isEqualTo("blue"));
        assertThat(client.getExperimentByName("exp-once"))
                .map(Experiment::getExperimentId)
                .hasValue(id);
        assertThat(client.getExperimentByName("exp-absent")).isEmpty();
        assertThatThrownBy(() -> client.createExperiment("exp-once"))
                .isInstanceOf(MlflowHttpException.class)
                .satisfies(e ->
                        assertThat(((MlflowHttpException) e).getStatusCode()).isEqualTo(400))
                .satisfies(e ->
                        assertThat(((MlflowHttpException) e).getBodyMessage()).contains("RESOURCE_ALREADY_EXISTS"));
        assertThat(client.getExperiment("0").getName()).isEqualTo("Default");
    }

    @Test
    void a_run_keeps_parameters_metrics_and_tags() {
        RunInfo info = client.createRun(client.createExperiment("run-whole"));
        client.logParam(info.getRunId(), "epochs", "20");
        client.logMetric(info.getRunId(), "auc", 0.5, 1000, 0);
        client.logMetric(info.getRunId(), "auc", 0.75, 1000, 1);
        client.logMetric(info.getRunId(), "nothing", Double.NaN, 1000, 0);
        client.logMetric(info.getRunId(), "much", Double.POSITIVE_INFINITY, 1000, 0);
        client.setTag(info.getRunId(), "recipe", "logistic-regression");
        client.setTerminated(info.getRunId(), RunStatus.FINISHED, 1_700_000_000_000L);

        Run run = client.getRun(info.getRunId());

        assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.getInfo().getEndTime()).isEqualTo(1_700_000_000_000L);
        assertThat(run.getInfo().getArtifactUri())
                .isEqualTo("mlflow-artifacts:/%s/%s/artifacts", info.getExperimentId(), info.getRunId());
        assertThat(run.getData().getParamsList())
                .singleElement()
                .satisfies(param -> assertThat(param.getValue()).isEqualTo("20"));
        Map<String, Double> metrics =
                run.getData().getMetricsList().stream().collect(toMap(Metric::getKey, Metric::getValue));
        assertThat(metrics).isEqualTo(Map.of("auc", 0.75, "nothing", Double.NaN, "much", Double.POSITIVE_INFINITY));
        assertThat(run.getData().getTagsList())
                .extracting(RunTag::getKey)
                .containsExactlyInAnyOrder("recipe", "mlflow.runName");
    }

    @Test
    void a_character_that_cannot_be_kept_is_a_mistake_of_the_caller_and_nothing_is_kept() {
        String run = client.createRun(client.createExperiment("run-nul")).getRunId();

        assertThatThrownBy(() -> client.logParam(run, "p", "a\0b")).satisfies(MlflowClientTest::isRefused);
        assertThatThrownBy(() -> client.setTag(run, "t", "a\0b")).satisfies(MlflowClientTest::isRefused);
        assertThatThrownBy(() -> client.createExperiment("exp\0nul")).satisfies(MlflowClientTest::isRefused);

        assertThat(client.getRun(run).getData().getParamsList()).isEmpty();
    }

    private static void isRefused(Throwable e) {
        assertThat(((MlflowHttpException) e).getStatusCode()).isEqualTo(400);
    }

    @Test
    void a_parameter_is_written_once_and_the_same_again_is_fine() {
        String run = client.createRun(client.createExperiment("run-once")).getRunId();
        client.logParam(run, "epochs", "20");
        client.logParam(run, "epochs", "20");

        assertThatThrownBy(() -> client.logParam(run, "epochs", "30"))
                .satisfies(e -> assertThat(((MlflowHttpException) e).getBodyMessage())
                        .contains("Changing param values is not allowed"));
        assertThatThrownBy(() -> client.logParam(run, "../epochs", "30"))
                .hasStackTraceContaining("INVALID_PARAMETER_VALUE");
    }

    @Test
    void a_metrics_history_is_whole_and_in_order_with_steps_beyond_53_bits() {
        String run = client.createRun(client.createExperiment("run-history")).getRunId();
        long large = (1L << 60) + 1;
        client.logMetric(run, "loss", 0.3, 2000, large);
        client.logMetric(run, "loss", 0.9, 1000, -5);
        client.logMetric(run, "loss", 0.9, 1000, -5);
        List<Metric> batch = LongStream.range(0, 900)
                .mapToObj(step -> Metric.newBuilder()
                        .setKey("loss")
                        .setValue(step)
                        .setTimestamp(1500)
                        .setStep(step)
                        .build())
                .toList();
        client.logBatch(run, batch, List.of(), List.of());

        List<Metric> history = client.getMetricHistory(run, "loss");

        assertThat(history).hasSize(902);
        assertThat(history.getFirst().getStep()).isEqualTo(-5);
        assertThat(history.getLast().getStep()).isEqualTo(large);
        assertThat(client.getMetricHistory(run, "unknown")).isEmpty();
    }

    @Test
    void a_batch_is_logged_whole_or_not_at_all() {
        String run = client.createRun(client.createExperiment("run-batch")).getRunId();
        client.logParam(run, "depth", "3");
        List<Param> clashing = List.of(param("new", "1"), param("depth", "4"));

        assertThatThrownBy(() -> client.logBatch(run, List.of(), clashing, List.of()))
                .isInstanceOf(MlflowHttpException.class);
        assertThatThrownBy(() -> client.logBatch(
                        run,
                        List.of(),
                        IntStream.range(0, 101)
                                .mapToObj(i -> param("p" + i, ""))
                                .toList(),
                        List.of()))
                .isInstanceOf(MlflowHttpException.class);

        assertThat(client.getRun(run).getData().getParamsList()).hasSize(1);
    }

    private static Param param(String key, String value) {
        return Param.newBuilder().setKey(key).setValue(value).build();
    }
}
