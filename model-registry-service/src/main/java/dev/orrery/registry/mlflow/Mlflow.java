package dev.orrery.registry.mlflow;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Map.Entry;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Where MLflow's API lies, and what its answers have in common.
public final class Mlflow {

    /// Experiments, runs, models.
    public static final String API = "/api/2.0/mlflow";

    /// The proxy through which clients reach artifacts.
    public static final String ARTIFACTS = "/api/2.0/mlflow-artifacts";

    /// How a run's artifact address begins when its artifacts are kept here.
    public static final String ARTIFACT_SCHEME = "mlflow-artifacts:/";

    /// The answer when there is nothing to say: clients take nothing but an object for success.
    public static final Map<String, Object> NOTHING = Map.of();

    private Mlflow() {}

    static boolean isBelow(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        return path.startsWith(API + "/") || path.startsWith(ARTIFACTS + "/");
    }

    /// A tag or parameter as it travels.
    @Schema(name = "MlflowKeyValue")
    public record KeyValue(String key, String value) {

        public static KeyValue of(Entry<String, String> entry) {
            return new KeyValue(entry.getKey(), entry.getValue());
        }
    }
}
