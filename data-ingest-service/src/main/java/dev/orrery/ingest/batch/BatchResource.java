package dev.orrery.ingest.batch;

import dev.orrery.contracts.problem.Problem;
import dev.orrery.ingest.batch.Uploads.Said;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.NotFound;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// Files in, batches out.
@Path("/v1")
@RunOnVirtualThread
@Tag(name = "Batches", description = "Files that came in, and how far their rows have been published.")
class BatchResource {

    private final Uploads uploads;
    private final Batches batches;

    BatchResource(Uploads uploads, Batches batches) {
        this.uploads = uploads;
        this.batches = batches;
    }

    @Schema(name = "Batch")
    record View(
            UUID id,
            String dataset,

            @Schema(enumeration = {"publishing", "published", "failed"})
            String state,

            @Schema(description = "rows of the file") long rows,

            @Schema(description = "rows that are on the topic, for good")
            long publishedRows,

            long bytes,

            @Schema(description = "SHA-256 of the file, hexadecimal")
            String digest,

            Instant createdAt,
            Instant publishedAt,
            @Schema(description = "why the batch failed") String error) {

        static View of(Batch batch) {
            return new View(
                    batch.id,
                    batch.dataset,
                    batch.state.name().toLowerCase(Locale.ROOT),
                    batch.rows,
                    batch.publishedRows,
                    batch.bytes,
                    batch.digest,
                    batch.createdAt,
                    batch.publishedAt,
                    batch.error);
        }
    }

    @Schema(name = "Batches")
    record Views(
            List<View> batches,

            @Schema(description = "asks for the next page; absent on the last")
            String nextPageToken) {}

    @POST
    @Path("/datasets/{dataset}/batches")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send a CSV file",
            description = "The file (RFC 4180, UTF-8, a header that names each column of the dataset once, in any"
                    + " order) is written to disk as it comes, read to its end, and then published row by row in the"
                    + " background. Whatever keeps it from being a table is answered with the line, and nothing of the"
                    + " file is published. Whether the values are right is decided by feature-validation-service.")
    @APIResponse(
            responseCode = "202",
            description = "The file is whole and will be published; Location shows how far it is.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = View.class)))
    @APIResponse(
            responseCode = "400",
            description = "The file is not a table of the dataset; each error names its line.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "404", description = "The dataset is not known.")
    @APIResponse(responseCode = "409", description = "The Idempotency-Key was sent before with another content.")
    @APIResponse(responseCode = "413", description = "The file is larger than is allowed.")
    @APIResponse(responseCode = "415", description = "The body is not text/csv.")
    @APIResponse(responseCode = "503", description = "The database is away; Retry-After says when to ask again.")
    @APIResponse(responseCode = "507", description = "The disk is full; nothing of the file was kept.")
    public RestResponse<View> send(
            @Parameter(description = "the dataset's name") String dataset,
            @Parameter(description = "The same key with the same content becomes one batch, however often it is sent.")
                    @HeaderParam("Idempotency-Key")
                    String idempotencyKey,
            @Parameter(description = "RFC 9530, as in sha-256=:…:; a file that does not match is refused.")
                    @HeaderParam("Content-Digest")
                    String contentDigest,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
                    InputStream body)
            throws IOException {
        Batch batch = uploads.take(dataset, body, new Said(contentType, length, contentDigest, idempotencyKey));
        return ResponseBuilder.create((StatusType) Status.ACCEPTED, View.of(batch))
                .header(HttpHeaders.LOCATION, "/v1/batches/" + batch.id)
                .build();
    }

    @GET
    @Path("/batches/{id}")
    @Operation(summary = "How far a batch is")
    @APIResponse(
            responseCode = "200",
            description = "The batch as it is now.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = View.class)))
    @APIResponse(responseCode = "404", description = "There is no such batch.")
    public View get(@Parameter(description = "the id that sending the file gave") String id) {
        return View.of(batches.get(uuid(id, new NotFound("Batch '%s' is not known.".formatted(id)))));
    }

    @GET
    @Path("/batches")
    @Operation(summary = "Batches, the newest first")
    @APIResponse(responseCode = "200", description = "A page of them.")
    @APIResponse(responseCode = "400", description = "The limit or the page_token is none.")
    public Views list(
            @Parameter(description = "only this dataset's") @QueryParam("dataset") String dataset,
            @Parameter(description = "1 to 1000, 100 when absent") @QueryParam("limit") Integer limit,
            @Parameter(description = "next_page_token of the page before") @QueryParam("page_token") String pageToken) {
        Page<View> page =
                batches.page(dataset, PageRequest.of(limit, pageToken)).map(View::of);
        return new Views(page.items(), page.nextToken());
    }

    private static UUID uuid(String text, RuntimeException otherwise) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw otherwise;
        }
    }
}
