package dev.orrery.registry.artifact;

import dev.orrery.registry.artifact.Artifacts.Stored;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// A file as a response: streamed by the server, named for whoever saves it, and never shown as a page.
public final class Download {

    private Download() {}

    public static RestResponse<File> of(Stored stored, Path content) {
        String name = stored.path().substring(stored.path().lastIndexOf('/') + 1);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return ResponseBuilder.ok(content.toFile())
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .header("X-Content-Type-Options", "nosniff")
                .header("ETag", '"' + stored.digest() + '"')
                .build();
    }
}
