package dev.orrery.cli.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// feature-validation-service.
public final class Validation {

    /// How many rows of a version can be read at most.
    public static final int MOST_ROWS = 100_000;

    private static final int PAGE = 1000;

    public record Schema(String dataset, int version, DatasetSchema schema, Integer useCaseRevision, String refusal) {}

    /// @param state    validating, accepted or quarantined
    /// @param rows     null while nobody has seen the batch's end
    /// @param received rows judged so far
    public record Report(
            String state,
            Long rows,
            long received,
            long validated,
            long rejected,
            List<Count> reasons,
            Integer datasetVersion,
            String reason) {}

    /// How often a column failed a check.
    public record Count(String column, String check, long count) {}

    /// @param metadataUri the table's metadata file, all that a reader of the lake opens
    public record Version(int version, long rows, String metadataUri, long snapshotId) {}

    public record Rejection(long row, List<Reason> reasons) {}

    public record Reason(String column, String check, String message) {}

    private record Rejections(List<Rejection> rejections, String nextPageToken) {}

    private final Client client;

    Validation(Client client) {
        this.client = client;
    }

    public Schema schema(String dataset) {
        return client.get("/v1/datasets/%s/schema".formatted(dataset), Schema.class);
    }

    public Report report(String batch) {
        return client.get("/v1/batches/%s/report".formatted(batch), Report.class);
    }

    public Version version(String dataset, int version) {
        return client.get("/v1/datasets/%s/versions/%d".formatted(dataset, version), Version.class);
    }

    /// Every rejected row of a batch.
    public List<Rejection> rejections(String dataset, String batch) {
        List<Rejection> all = new ArrayList<>();
        String first = "/v1/datasets/%s/rejections?batch=%s&limit=%d".formatted(dataset, batch, PAGE);
        Rejections page = client.get(first, Rejections.class);
        all.addAll(page.rejections());
        while (page.nextPageToken() != null) {
            page = client.get(first + "&page_token=" + page.nextPageToken(), Rejections.class);
            all.addAll(page.rejections());
        }
        return all;
    }

    /// Gives the rows of a dataset version one after the other, [#MOST_ROWS] at most.
    public void rows(String dataset, int version, Consumer<Map<String, Object>> taker) {
        String path = "/v1/datasets/%s/versions/%d/rows?limit=%d".formatted(dataset, version, MOST_ROWS);
        try (InputStream body = client.stream(path);
                JsonParser json = Json.MAPPER.createParser(body)) {
            while (json.nextToken() != null) {
                // The only objects inside the one object's array are the rows.
                if (json.currentToken() == JsonToken.START_OBJECT
                        && json.getParsingContext().getParent().inArray()) {
                    taker.accept(json.readValueAs(new TypeReference<Map<String, Object>>() {}));
                }
            }
        } catch (IOException e) {
            throw ServiceProblem.unreachable(
                    "the rows of '%s' version %d broke off: %s".formatted(dataset, version, e.getMessage()), e);
        }
    }
}
