package dev.orrery.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.Page;

/// Searches through the client from Maven Central, unmodified, against the running service.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class MlflowSearchTest {

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
    void what_is_inserted_between_two_pages_neither_repeats_nor_hides_a_run() {
        String experiment = client.createExperiment("run-pages");
        List<String> one = List.of(experiment);
        for (int i = 1; i <= 5; i++) {
            run(experiment, "page-" + i, i);
        }
        client.logMetric(find(one, "").getLast().getInfo().getRunId(), "auc", Double.NaN);

        for (List<String> order : List.of(List.<String>of(), List.of("metrics.auc DESC", "start_time DESC"))) {
            var first = client.searchRuns(one, "", ViewType.ACTIVE_ONLY, 2, order);
            run(experiment, "late", 100);
            List<Run> all = new ArrayList<>(first.getItems());
            Page<Run> page = first;
            while (page.hasNextPage()) {
                page = page.getNextPage();
                page.getItems().forEach(all::add);
            }

            assertThat(names(all).stream().filter(name -> name.startsWith("page-")))
                    .containsExactlyInAnyOrder("page-1", "page-2", "page-3", "page-4", "page-5");
        }
    }

    @Test
    void a_client_may_ask_for_more_than_a_page_holds() {
        String experiment = client.createExperiment("run-many");
        run(experiment, "only", 1);

        assertThat(client.searchRuns(List.of(experiment), "", ViewType.ACTIVE_ONLY, 50_000)
                        .getItems())
                .hasSize(1);
    }

    private void run(String experiment, String name, long start) {
        client.createRun(CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName(name)
                .setStartTime(start)
                .build());
    }

    private List<Run> find(List<String> experiments, String filter) {
        return client.searchRuns(experiments, filter, ViewType.ACTIVE_ONLY, 100).getItems();
    }

    private static List<String> names(List<Run> runs) {
        return runs.stream().map(run -> run.getInfo().getRunName()).toList();
    }
}
