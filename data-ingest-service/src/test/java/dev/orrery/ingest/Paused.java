package dev.orrery.ingest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// The service with nobody publishing in the background, so that a test decides when and how far, and with little room.
public class Paused implements QuarkusTestProfile {

    public static final int MAX_UPLOAD = 4 << 20;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("orrery.ingest.publishers", "0", "orrery.ingest.max-upload", String.valueOf(MAX_UPLOAD));
    }
}
