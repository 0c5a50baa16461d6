package dev.orrery.training.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactStoreTest {

    @ParameterizedTest
    @CsvSource({
        "mlflow-artifacts:/7/ab/artifacts, http://r:1/api/2.0/mlflow-artifacts/artifacts/7/ab/artifacts/model/a%20b",
        "mlflow-artifacts://h:2/7/ab/artifacts, http://h:2/api/2.0/mlflow-artifacts/artifacts/7/ab/artifacts/model/a%20b",
        "https://h/api/2.0/mlflow-artifacts/artifacts/7, https://h/api/2.0/mlflow-artifacts/artifacts/7/model/a%20b"
    })
    void an_artifact_uri_leads_to_its_proxy(String artifactUri, URI target) {
        try (ArtifactStore store = new ArtifactStore(URI.create("http://r:1/"))) {
            assertThat(store.target(artifactUri, "model/a b")).isEqualTo(target);
        }
    }
}
