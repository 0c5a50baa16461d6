package dev.orrery.ingest.landing;

import dev.orrery.ingest.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Without a folder to land files in there is nothing this service can take.
@Readiness
@ApplicationScoped
class LandingCheck implements HealthCheck {

    private final Path folder;

    LandingCheck(IngestConfig config) {
        this.folder = config.state();
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("Folder for landed files").withData("folder", folder.toString());
        try {
            Files.createDirectories(folder);
            answer.withData("usable_bytes", Files.getFileStore(folder).getUsableSpace());
            return answer.status(Files.isWritable(folder)).build();
        } catch (IOException e) {
            return answer.down().withData("error", e.getMessage()).build();
        }
    }
}
