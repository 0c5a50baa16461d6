package dev.orrery.inference;

import dev.orrery.testing.Platform;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The service's configuration without the service.
public final class Settings {

    private static final int PRIORITY = 100;

    private Settings() {}

    public static InferenceConfig of(Path state, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("orrery.state", state.toString());
        all.put("orrery.subject-key", Platform.SUBJECT_KEY);
        return new SmallRyeConfigBuilder()
                .withMapping(InferenceConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", PRIORITY))
                .withConverter(Duration.class, PRIORITY, new DurationConverter())
                .withConverter(MemorySize.class, PRIORITY, new MemorySizeConverter())
                .build()
                .getConfigMapping(InferenceConfig.class);
    }
}
