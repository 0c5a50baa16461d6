package dev.orrery.cli.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.cli.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the local platform is made of, in the order in which it starts.
public enum Part {
    @JsonProperty("postgres")
    POSTGRES("postgres", 5433, null),
    @JsonProperty("kafka")
    KAFKA("kafka", 9092, null),
    @JsonProperty("data-ingest-service")
    INGEST("data-ingest-service", 8081, "ingest"),
    @JsonProperty("feature-validation-service")
    VALIDATION("feature-validation-service", 8082, "validation"),
    @JsonProperty("model-registry-service")
    REGISTRY("model-registry-service", 8083, "registry"),
    @JsonProperty("model-training-service")
    TRAINING("model-training-service", 8084, "training"),
    @JsonProperty("inference-service")
    INFERENCE("inference-service", 8085, null),
    @JsonProperty("monitoring-service")
    MONITORING("monitoring-service", 8086, "monitoring");

    private final String title;
    private final int port;
    private final String database;

    Part(String title, int port, String database) {
        this.title = title;
        this.port = port;
        this.database = database;
    }

    /// The name in logs and tables; for a service also the name of its module.
    public String title() {
        return title;
    }

    /// The port it takes unless another is asked for.
    public int defaultPort() {
        return port;
    }

    /// The database of its own, where it has one.
    Optional<String> database() {
        return Optional.ofNullable(database);
    }

    public boolean isService() {
        return ordinal() > KAFKA.ordinal();
    }

    public static Stream<Part> services() {
        return Arrays.stream(values()).filter(Part::isService);
    }

    /// Finds a part by its name, or by the short one (`ingest`).
    static Part named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.title.equals(name) || part.shortName().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure("there is no '%s'; there are %s"
                        .formatted(
                                name, Arrays.stream(values()).map(Part::title).collect(Collectors.joining(", ")))));
    }

    String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
