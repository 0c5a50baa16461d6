package dev.orrery.validation.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.contracts.Json;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.lake.DatasetReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// The versions of a dataset, and the rows in them.
@Path("/v1/datasets/{dataset}/versions")
@RunOnVirtualThread
class VersionResource {

    private static final int PRESET = 100;
    private static final int MOST_ROWS = 100_000;

    /// A version of a dataset. It never changes.
    ///
    /// @param metadataUri the file that any reader of Iceberg opens
    /// @param batches     the batches that this version added
    @Schema(name = "DatasetVersion")
    record View(
            String dataset,
            int version,
            long rows,
            long snapshotId,
            int schemaVersion,
            String metadataUri,
            List<String> batches,
            Instant createdAt) {

        static View of(DatasetVersion version) {
            return new View(
                    version.dataset,
                    version.version,
                    version.rows,
                    version.snapshotId,
                    version.schemaVersion,
                    version.metadataUri,
                    List.of(version.batch),
                    version.createdAt);
        }
    }

    /// Part of a dataset's versions, oldest first.
    ///
    /// @param nextPageToken of the following page; absent on the last
    @Schema(name = "DatasetVersions")
    record Versions(List<View> versions, String nextPageToken) {}

    private final DatasetVersions versions;

    VersionResource(DatasetVersions versions) {
        this.versions = versions;
    }

    @GET
    @Operation(summary = "The versions of a dataset, oldest first")
    @APIResponse(responseCode = "200", description = "A page of them")
    @APIResponse(responseCode = "400", description = "The limit or the token is none")
    @APIResponse(responseCode = "404", description = "Nobody has described the dataset")
    public Versions list(
            @Parameter(description = "The dataset's name") String dataset,
            @Parameter(description = "How many at most: 1 to 1,000; 100 unless said") @QueryParam("limit")
                    Integer limit,
            @Parameter(description = "What the page before gave as next_page_token") @QueryParam("page_token")
                    String token) {
        Page<View> page = versions.list(dataset, PageRequest.of(limit, token)).map(View::of);
        return new Versions(page.items(), page.nextToken());
    }

    @GET
    @Path("/{version}")
    @Operation(summary = "A version of a dataset")
    @APIResponse(responseCode = "200", description = "What it is made of, and where it lies")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public View get(String dataset, int version) {
        return View.of(versions.get(dataset, version));
    }

    @GET
    @Path("/{version}/rows")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The first rows of a version",
            description = "Rows come in the order of their batches and files, each present value with its type.")
    @APIResponse(responseCode = "200", description = "An object with the rows")
    @APIResponse(responseCode = "400", description = "The limit is none")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public StreamingOutput rows(
            String dataset,
            int version,
            @Parameter(description = "How many at most: 1 to 100,000; 100 unless said") @QueryParam("limit")
                    Integer limit) {
        int wanted = limit == null ? PRESET : limit;
        if (wanted < 1 || wanted > MOST_ROWS) {
            throw new Invalid("limit must be between 1 and %d, not %d".formatted(MOST_ROWS, wanted));
        }
        DatasetReader reader = versions.reader(dataset, version);
        return out -> write(reader, wanted, out);
    }

    private static void write(DatasetReader reader, int limit, OutputStream out) throws IOException {
        try (Stream<Map<String, Object>> rows = reader.rows();
                JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("rows");
            Iterator<Map<String, Object>> remaining = rows.limit(limit).iterator();
            while (remaining.hasNext()) {
                json.writePOJO(remaining.next());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
