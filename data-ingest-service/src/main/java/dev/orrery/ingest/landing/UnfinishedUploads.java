package dev.orrery.ingest.landing;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/// What began to arrive and never ended, because its sender or this service died.
@ApplicationScoped
class UnfinishedUploads implements Kept {

    private final Landing landing;
    private final Duration keep;

    UnfinishedUploads(Landing landing, IngestConfig config) {
        this.landing = landing;
        this.keep = config.ingest().keep().arriving();
    }

    @Override
    public String what() {
        return "unfinished-uploads";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        try {
            return landing.removeAbandoned(before);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of arriving files cannot be read", e);
        }
    }
}
