package dev.orrery.registry.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.mlflow.Mlflow.KeyValue;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Models and versions as MLflow's clients read them.
final class MlflowViews {

    private MlflowViews() {}

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowRegisteredModel")
    record Model(
            String name,
            long creationTimestamp,
            long lastUpdatedTimestamp,
            String description,
            List<Version> latestVersions,
            List<KeyValue> tags,
            List<Alias> aliases) {

        static Model of(RegisteredModel model) {
            return new Model(
                    model.name,
                    model.createdMs,
                    model.updatedMs,
                    model.description,
                    ModelVersion.find(model.name, model.lastVersion).stream()
                            .map(Version::withoutAliases)
                            .toList(),
                    pairs(model.tags),
                    ModelAlias.of(model.name).stream().map(Alias::of).toList());
        }
    }

    @Schema(name = "MlflowAlias")
    record Alias(String alias, String version) {
        private static Alias of(ModelAlias alias) {
            return new Alias(alias.alias, String.valueOf(alias.version));
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowModelVersion")
    record Version(
            String name,
            String version,
            long creationTimestamp,
            long lastUpdatedTimestamp,
            String currentStage,
            String description,
            String source,
            String runId,
            String runLink,
            String status,
            List<KeyValue> tags,
            List<String> aliases) {

        static Version of(ModelVersion version) {
            return of(version, ModelAlias.of(version));
        }

        static Version withoutAliases(ModelVersion version) {
            return of(version, List.of());
        }

        private static Version of(ModelVersion version, List<String> aliases) {
            return new Version(
                    version.model,
                    String.valueOf(version.version),
                    version.createdMs,
                    version.updatedMs,
                    "None",
                    version.description,
                    version.source,
                    version.runId,
                    version.runLink,
                    "READY",
                    pairs(version.tags),
                    aliases);
        }
    }

    @Schema(name = "MlflowRegisteredModelAnswer")
    record OneModel(Model registeredModel) {}

    @Schema(name = "MlflowModelVersionAnswer")
    record OneVersion(Version modelVersion) {}

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowRegisteredModels")
    record Models(List<Model> registeredModels, String nextPageToken) {}

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowModelVersions")
    record Versions(List<Version> modelVersions, String nextPageToken) {}

    private static List<KeyValue> pairs(Map<String, String> tags) {
        return tags.entrySet().stream().map(KeyValue::of).toList();
    }
}
