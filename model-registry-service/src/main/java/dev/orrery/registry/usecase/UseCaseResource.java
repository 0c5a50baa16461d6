package dev.orrery.registry.usecase;

import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.registry.Bodies;
import dev.orrery.registry.RegistryConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Use-case files: what a person wants learned, from what, and to what end.
@Tag(name = "Use cases")
@Path("/v1/use-cases")
@RunOnVirtualThread
class UseCaseResource {

    /// A revision, with the file as it was written and as it is understood.
    @Schema(name = "UseCaseRevision")
    record View(String name, int revision, String digest, Instant createdAt, UseCase useCase, String source) {
        static View of(UseCaseRevision found) {
            return new View(found.name, found.revision, found.digest, found.createdAt, found.useCase(), found.source);
        }
    }

    @Schema(name = "UseCaseSummary")
    record Summary(String name, int revision, String digest, Instant createdAt, String endpoint) {
        static Summary of(UseCaseRevision found) {
            String endpoint = found.useCase().endpoint();
            return new Summary(found.name, found.revision, found.digest, found.createdAt, endpoint);
        }
    }

    @Schema(name = "UseCases")
    record Summaries(List<Summary> useCases, String nextPageToken) {}

    private final UseCases useCases;
    private final RegistryConfig config;

    UseCaseResource(UseCases useCases, RegistryConfig config) {
        this.useCases = useCases;
        this.config = config;
    }

    @Operation(
            summary = "Put a use-case file",
            description = "YAML or JSON, kept as the next revision and announced to every service. The same text "
                    + "as before stays the revision that it is, and is announced again. Everything that is "
                    + "wrong with it is answered at once, each mistake with its line.")
    @PUT
    @Path("/{name}")
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", MediaType.APPLICATION_JSON})
    public View put(String name, HttpHeaders headers, InputStream body) throws IOException {
        String source = text(Bodies.read(body, config.limits().useCase(), "The use-case file"));
        boolean json = MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType());
        return View.of(useCases.put(UseCaseFile.parse(name, source, json)));
    }

    @Operation(
            summary = "A use case",
            description = "Its newest revision, or the one that is asked for: the file as it was written and as "
                    + "it is understood.")
    @GET
    @Path("/{name}")
    public View get(String name, @QueryParam("revision") Integer revision) {
        return View.of(useCases.get(name, revision));
    }

    @Operation(summary = "All use cases", description = "The newest revision of each, by name.")
    @GET
    public Summaries list(@QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        var page = useCases.list(PageRequest.of(limit, pageToken)).map(Summary::of);
        return new Summaries(page.items(), page.nextToken());
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Invalid("The use-case file is not UTF-8 text.");
        }
    }
}
