package dev.orrery.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/// Models through the client from Maven Central, unmodified, against the running service.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class MlflowModelTest {

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
        refused("registered-models/create", "[]", "Missing value for required parameter 'name'");
        refused("registered-models/create", "not json", "Malformed JSON at line 1, column 1");
        refused("registered-models/create", "{\"name\":\n NaN}", "Malformed JSON at line 2, column");
        refused("registered-models/create", "{\"name\": \"a\\u0000b\"}", "INVALID_PARAMETER_VALUE");
        refused("model-versions/create", version("absent", "s3://b/m", ""), "RESOURCE_DOES_NOT_EXIST");
        refused("model-versions/create", version("ruled", "/etc/passwd", ""), "INVALID_PARAMETER_VALUE");
        refused("model-versions/create", version("ruled", "file:///etc", ""), "INVALID_PARAMETER_VALUE");
        for (String source : List.of(
                "runs:/x/%2e%2e/y",
                " file:///etc",
                "\\\\\\\\host\\\\share",
                "FILE:/etc",
                "C:\\\\models",
                "C:/models",
                "models",
                "%66ile:///etc",
                "s3://bucket/%00")) {
            refused("model-versions/create", version("ruled", source, ""), "INVALID_PARAMETER_VALUE");
            refused(
                    "experiments/create",
                    "{\"name\": \"placed\", \"artifact_location\": \"%s\"}".formatted(source),
                    "INVALID_PARAMETER_VALUE");
        }
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

    private static String version(String name, String source, String run) {
        return "{\"name\": \"%s\", \"source\": \"%s\", \"run_id\": \"%s\"}".formatted(name, source, run);
    }

    private static String alias(String name, String alias) {
        return "{\"name\": \"%s\", \"alias\": \"%s\", \"version\": \"1\"}".formatted(name, alias);
    }
}
