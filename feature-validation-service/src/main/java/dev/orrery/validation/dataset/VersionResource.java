package dev.orrery.validation.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.contracts.Json;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.lake.DatasetReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
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

/// The versions of a dataset, and the rows in them.
@Path("/v1/datasets/{dataset}/versions")
@RunOnVirtualThread
class VersionResource {

    private static final int MOST_VERSIONS = 1000;
    private static final int MOST_ROWS = 100_000;

    /// @param batches the batches that this version added
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

    record Page(List<View> versions, String nextPageToken) {}

    private final DatasetVersions versions;

    VersionResource(DatasetVersions versions) {
        this.versions = versions;
    }

    @GET
    public Page list(
            String dataset,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("page_token") @DefaultValue("0") String token) {
        requireLimit(limit, MOST_VERSIONS);
        List<DatasetVersion> found = versions.after(dataset, after(token), limit + 1);
        List<View> page = found.stream().limit(limit).map(View::of).toList();
        return new Page(
                page, found.size() > limit ? String.valueOf(page.getLast().version()) : null);
    }

    @GET
    @Path("/{version}")
    public View get(String dataset, int version) {
        return View.of(versions.get(dataset, version));
    }

    @GET
    @Path("/{version}/rows")
    @Produces(MediaType.APPLICATION_JSON)
    public StreamingOutput rows(String dataset, int version, @QueryParam("limit") @DefaultValue("100") int limit) {
        requireLimit(limit, MOST_ROWS);
        DatasetReader reader = versions.get(dataset, version).reader();
        return out -> write(reader, limit, out);
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

    private static int after(String token) {
        try {
            return Integer.parseInt(token);
        } catch (NumberFormatException e) {
            throw new Invalid("page_token is not one that this service gave; begin without it");
        }
    }

    private static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new Invalid("limit must be 1 to %d, not %d".formatted(most, limit));
        }
    }
}
