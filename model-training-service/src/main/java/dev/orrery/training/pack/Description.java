package dev.orrery.training.pack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.model.Output;
import dev.orrery.model.PackageFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `MLmodel` file: what MLflow's own tools read of a package.
final class Description {

    private static final ObjectMapper YAML = Json.configure(
            YAMLMapper.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build());

    /// One column of a signature, as MLflow writes it.
    private record Field(String type, String name, boolean required) {}

    private record Signature(
            String inputs,
            String outputs,
            @JsonInclude(Include.ALWAYS) String params) {}

    private record Example(String artifactPath, String type, String pandasOrient) {}

    private record MlModel(
            String artifactPath,
            Map<String, Map<String, Object>> flavors,
            String runId,
            Signature signature,
            Example savedInputExampleInfo) {}

    private Description() {}

    /// The file's text.
    ///
    /// @param path where the package lies among the run's artifacts
    static String of(DatasetSchema schema, String runId, String path) {
        MlModel model = new MlModel(
                path,
                flavors(),
                runId,
                new Signature(
                        Json.text(inputs(schema)), Json.text(List.of(new Field("float", Output.SCORE, true))), null),
                new Example(PackageFiles.INPUT_EXAMPLE, "dataframe", "split"));
        try {
            return YAML.writeValueAsString(model);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model's description is always YAML", e);
        }
    }

    private static Map<String, Map<String, Object>> flavors() {
        Map<String, Map<String, Object>> flavors = new LinkedHashMap<>();
        flavors.put("onnx", ordered("data", PackageFiles.MODEL, "providers", List.of("CPUExecutionProvider")));
        flavors.put("python_function", ordered("data", PackageFiles.MODEL, "loader_module", "mlflow.onnx"));
        return flavors;
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }

    private static List<Field> inputs(DatasetSchema schema) {
        return schema.features().stream()
                .map(column -> new Field(type(column.type()), column.name(), isRequired(column)))
                .toList();
    }

    private static boolean isRequired(Column column) {
        return column.presence() == Presence.REQUIRED;
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case NUMBER -> "double";
            case INTEGER -> "long";
            case BOOLEAN -> "boolean";
            case CATEGORY, TEXT -> "string";
            case DATE, TIMESTAMP -> "datetime";
        };
    }
}
