package dev.orrery.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.registry.mlflow.MlflowError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                ".",
                "a/../b",
                "a/..",
                "./a",
                "a//b",
                "a/./b",
                "a\\b",
                "a#b",
                "a\0b",
                "a\nb",
                "%2e%2e/b",
                "%252e%252e/b",
                "a%2f..%2fb",
                "a%5cb",
                "%2fetc",
                "a%00b",
                "a%23b",
                "//host/x"
            })
    void a_hostile_path_is_refused(String path) {
        assertThatThrownBy(() -> ArtifactPath.of(path)).isInstanceOf(MlflowError.class);
    }

    @Test
    void a_path_beyond_the_limit_is_refused() {
        assertThatThrownBy(() -> ArtifactPath.of("a".repeat(1001))).isInstanceOf(MlflowError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1/0af7/artifacts/model/MLmodel", "a b+c", "ä/日本.txt", "50%", "a..b/...c", "a%20b"})
    void a_plain_path_is_kept_as_it_is(String path) {
        assertThat(ArtifactPath.of(path).value()).isEqualTo(path);
    }

    @Test
    void an_artifact_address_with_or_without_a_host_leads_to_the_path() {
        assertThat(ArtifactPath.ofUri("mlflow-artifacts:/1/a"))
                .map(ArtifactPath::value)
                .hasValue("1/a");
        assertThat(ArtifactPath.ofUri("mlflow-artifacts://host:80/1/a"))
                .map(ArtifactPath::value)
                .hasValue("1/a");
        assertThat(ArtifactPath.ofUri("s3://bucket/1/a")).isEmpty();
    }
}
