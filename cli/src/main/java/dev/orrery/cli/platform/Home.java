package dev.orrery.cli.platform;

import java.nio.file.Path;

/// The folder that holds one platform's state, secrets and logs; `.orrery` in the project unless another is named.
public record Home(Path path) {

    public Home {
        path = path.toAbsolutePath().normalize();
    }

    /// Which processes run, on which ports.
    Path platformFile() {
        return path.resolve("platform.json");
    }

    Path secrets() {
        return path.resolve("secrets");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /// Files of one part: a service's own, Kafka's topics, PostgreSQL's databases.
    public Path state(Part part) {
        return part.isService() ? path.resolve("state").resolve(part.title()) : path.resolve(part.title());
    }

    /// The warehouse of Iceberg tables, which validation writes and training reads.
    public Path lake() {
        return path.resolve("lake");
    }
}
