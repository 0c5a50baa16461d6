package dev.orrery.registry;

import dev.orrery.contracts.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/// What is alike in every operation of the API's description: parameters of one name mean one thing, and errors have
/// one body, MLflow's below its paths and a problem everywhere else.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApi implements OASFilter {

    private static final String MLFLOW = "/api/2.0/";

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("limit", "How many items to give at most: 1 to 1,000, 100 unless said otherwise."),
            Map.entry("page_token", "What the page before gave as next_page_token; the first page without it."),
            Map.entry("name", "The name of the use case or model."),
            Map.entry("version", "The number of the version."),
            Map.entry("revision", "The number of the revision; the newest unless said otherwise."),
            Map.entry("endpoint", "The name of the endpoint."),
            Map.entry("path", "The path of the file or folder."),
            Map.entry("Content-Digest", "The SHA-256 of the body, sha-256=:BASE64: (RFC 9530)."),
            Map.entry(
                    "If-Match",
                    "The revision that this was decided on, as the header ETag said it; 412 when there is a newer one."),
            Map.entry("by", "Who decided; anonymous unless said."),
            Map.entry("reason", "Why."));

    @Override
    public Parameter filterParameter(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
        return parameter;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents()
                .addSchema(
                        "Problem",
                        object(Map.of(
                                "title", "what kind of problem it is",
                                "status", "the HTTP status",
                                "detail", "what is wrong this time, and the way out",
                                "errors", "each offending field or line, with a message of its own")))
                .addSchema("MlflowError", object(Map.of("error_code", "MLflow's code", "message", "what is wrong")));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .values()
                        .forEach(operation -> tellErrors(operation, path.startsWith(MLFLOW))));
    }

    private static Schema object(Map<String, String> fields) {
        Schema object = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        fields.forEach((name, meaning) ->
                object.addProperty(name, OASFactory.createSchema().description(meaning)));
        return object;
    }

    private static void tellErrors(Operation operation, boolean mlflow) {
        String type = mlflow ? "application/json" : Problem.MEDIA_TYPE;
        var body =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(mlflow ? "MlflowError" : "Problem"));
        operation
                .getResponses()
                .setDefaultValue(OASFactory.createAPIResponse()
                        .description(
                                mlflow
                                        ? "What is wrong, with MLflow's error code."
                                        : "What is wrong this time, and the way out.")
                        .content(OASFactory.createContent().addMediaType(type, body)));
    }
}
