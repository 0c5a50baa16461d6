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
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
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
    void experiments_are_searched_by_name_and_tag() {
        String id = client.createExperiment("exp-search-a");
        client.createExperiment("exp-search-b");
        client.setExperimentTag(id, "colour", "red");

        assertThat(client.searchExperiments("name LIKE 'exp-search-%'").getItems())
                .extracting(Experiment::getName)
                .containsExactlyInAnyOrder("exp-search-a", "exp-search-b");
        assertThat(client.searchExperiments("tags.colour = 'red'").getItems())
                .extracting(Experiment::getExperimentId)
                .containsExactly(id);
        assertThatThrownBy(() -> client.searchExperiments("nonsense"))
                .hasStackTraceContaining("INVALID_PARAMETER_VALUE");
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

    @Test
    void runs_are_searched_by_metric_parameter_and_tag_and_ordered() {
        String experiment = client.createExperiment("run-search");
        for (int i = 1; i <= 5; i++) {
            String run = client.createRun(CreateRun.newBuilder()
                            .setExperimentId(experiment)
                            .setRunName("search-" + i)
                            .setStartTime(i)
                            .build())
                    .getRunId();
            client.logMetric(run, "auc", i / 10.0);
            client.logParam(run, "depth", String.valueOf(i % 2));
        }
        List<String> one = List.of(experiment);

        assertThat(names(find(one, "metrics.auc >= 0.3 and params.depth = '1'")))
                .containsExactly("search-5", "search-3");
        assertThat(names(find(one, "tags.mlflow.runName ILIKE 'SEARCH-2'"))).containsExactly("search-2");
        assertThat(names(find(one, "attributes.status != 'RUNNING'"))).isEmpty();
        assertThat(names(find(one, "start_time <= 2"))).containsExactly("search-2", "search-1");
        var first = client.searchRuns(one, "", ViewType.ACTIVE_ONLY, 2, List.of("metrics.auc ASC"));
        assertThat(first.getItems())
                .extracting(run -> run.getInfo().getRunName())
                .containsExactly("search-1", "search-2");
        assertThat(first.getNextPage().getItems())
                .extracting(run -> run.getInfo().getRunName())
                .containsExactly("search-3", "search-4");
        assertThat(client.searchRuns(one, "", ViewType.DELETED_ONLY, 100).getItems())
                .isEmpty();
        assertThatThrownBy(() -> find(one, "metrics.auc > 0.3 OR metrics.auc < 0.1"))
                .hasStackTraceContaining("INVALID_PARAMETER_VALUE");
        assertThatThrownBy(() -> find(one, "metrics.auc = '1'; DROP TABLE run"))
                .hasStackTraceContaining("INVALID_PARAMETER_VALUE");
    }

    @Test
    void a_model_its_versions_and_aliases_are_registered_and_found() {
        client.sendPost(
                "registered-models/create", "{\"name\": \"clerk\", \"tags\": [{\"key\": \"a\", \"value\": \"b\"}]}");
        String run =
                client.createRun(client.createExperiment("model-registered")).getRunId();
        String source = client.getRun(run).getInfo().getArtifactUri() + "/model";
        client.sendPost("model-versions/create", version("clerk", source, run));
        client.sendPost("model-versions/create", version("clerk", source, run));
        client.sendPost(
                "model-versions/set-tag", "{\"name\":\"clerk\",\"version\":\"2\",\"key\":\"k\",\"value\":\"v\"}");
        client.sendPatch("model-versions/update", "{\"name\":\"clerk\",\"version\":\"2\",\"description\":\"better\"}");
        client.sendPost("registered-models/alias", "{\"name\":\"clerk\",\"alias\":\"best\",\"version\":\"1\"}");

        assertThat(client.getRegisteredModel("clerk").getLatestVersionsList())
                .extracting(ModelVersion::getVersion)
                .containsExactly("2");
        assertThat(client.getRegisteredModel("clerk").getAliasesList())
                .singleElement()
                .satisfies(alias -> assertThat(alias.getVersion()).isEqualTo("1"));
        assertThat(client.getLatestVersions("clerk"))
                .extracting(ModelVersion::getVersion)
                .containsExactly("2");
        assertThat(client.getLatestVersions("clerk", List.of("Production"))).isEmpty();
        ModelVersion second = client.getModelVersion("clerk", "2");
        assertThat(second.getDescription()).isEqualTo("better");
        assertThat(second.getRunId()).isEqualTo(run);
        assertThat(second.getTagsList()).hasSize(1);
        assertThat(client.getModelVersion("clerk", "1").getAliasesList()).containsExactly("best");
        assertThat(client.getModelVersionDownloadUri("clerk", "1")).isEqualTo(source);
        assertThat(client.searchModelVersions("name = 'clerk' and run_id IN ('" + run + "')")
                        .getItems())
                .extracting(ModelVersion::getVersion)
                .containsExactlyInAnyOrder("1", "2");
        assertThat(client.sendGet("registered-models/search?filter=name%3D%27clerk%27"))
                .contains("clerk");
        assertThat(client.sendGet("registered-models/alias?name=clerk&alias=best"))
                .contains("\"version\":\"1\"");
    }

    @Test
    void a_models_rules_are_kept() {
        client.sendPost("registered-models/create", "{\"name\": \"ruled\"}");

        refused("registered-models/create", "{\"name\": \"ruled\"}", "RESOURCE_ALREADY_EXISTS");
        refused("registered-models/create", "{\"name\": \"a/b\"}", "INVALID_PARAMETER_VALUE");
        refused("registered-models/create", "{}", "Missing value for required parameter 'name'");
        refused("registered-models/create", "not json", "Missing value for required parameter 'name'");
        refused("model-versions/create", version("absent", "s3://b/m", ""), "RESOURCE_DOES_NOT_EXIST");
        refused("model-versions/create", version("ruled", "/etc/passwd", ""), "INVALID_PARAMETER_VALUE");
        refused("model-versions/create", version("ruled", "file:///etc", ""), "INVALID_PARAMETER_VALUE");
        refused("model-versions/create", version("ruled", "runs:/x/%2e%2e/y", ""), "INVALID_PARAMETER_VALUE");
        refused("registered-models/alias", alias("ruled", "latest"), "INVALID_PARAMETER_VALUE");
        refused("registered-models/alias", alias("ruled", "v12"), "INVALID_PARAMETER_VALUE");
        refused("registered-models/alias", alias("ruled", "good"), "RESOURCE_DOES_NOT_EXIST");
        refused("no-such-thing", "{}", "ENDPOINT_NOT_FOUND");
    }

    private void refused(String path, String body, String message) {
        assertThatThrownBy(() -> client.sendPost(path, body))
                .isInstanceOf(MlflowHttpException.class)
                .satisfies(e ->
                        assertThat(((MlflowHttpException) e).getBodyMessage()).contains(message, "error_code"));
    }

    private static Param param(String key, String value) {
        return Param.newBuilder().setKey(key).setValue(value).build();
    }

    private static String version(String name, String source, String run) {
        return "{\"name\": \"%s\", \"source\": \"%s\", \"run_id\": \"%s\"}".formatted(name, source, run);
    }

    private static String alias(String name, String alias) {
        return "{\"name\": \"%s\", \"alias\": \"%s\", \"version\": \"1\"}".formatted(name, alias);
    }

    private List<Run> find(List<String> experiments, String filter) {
        return client.searchRuns(experiments, filter, ViewType.ACTIVE_ONLY, 100).getItems();
    }

    private static List<String> names(List<Run> runs) {
        return runs.stream().map(run -> run.getInfo().getRunName()).toList();
    }
}
