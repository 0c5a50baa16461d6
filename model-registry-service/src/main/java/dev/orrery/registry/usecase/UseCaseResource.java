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

/// Use-case files: what a person wants learned, from what, and to what end.
@Path("/v1/use-cases")
@RunOnVirtualThread
class UseCaseResource {

    /// A revision, with the file as it was written and as it is understood.
    record View(String name, int revision, String digest, Instant createdAt, UseCase useCase, String source) {
        static View of(UseCaseRevision found) {
            return new View(found.name, found.revision, found.digest, found.createdAt, found.useCase(), found.source);
        }
    }

    record Summary(String name, int revision, String digest, Instant createdAt, String endpoint) {
        static Summary of(UseCaseRevision found) {
            String endpoint = found.useCase().endpoint();
            return new Summary(found.name, found.revision, found.digest, found.createdAt, endpoint);
        }
    }

    record Summaries(List<Summary> useCases, String nextPageToken) {}

    private final UseCases useCases;
    private final RegistryConfig config;

    UseCaseResource(UseCases useCases, RegistryConfig config) {
        this.useCases = useCases;
        this.config = config;
    }

    @PUT
    @Path("/{name}")
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", MediaType.APPLICATION_JSON})
    public View put(String name, HttpHeaders headers, InputStream body) throws IOException {
        String source = text(Bodies.read(body, config.limits().useCase(), "The use-case file"));
        boolean json = MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType());
        return View.of(useCases.put(UseCaseFile.parse(name, source, json)));
    }

    @GET
    @Path("/{name}")
    public View get(String name, @QueryParam("revision") Integer revision) {
        return View.of(useCases.get(name, revision));
    }

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
