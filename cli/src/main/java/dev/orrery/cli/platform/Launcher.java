package dev.orrery.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Knows for each part which program runs, with which arguments, and how to tell that it is ready.
final class Launcher {

    private final Home home;
    private final Ports ports;
    private final Secrets secrets;
    private final Distribution distribution;
    private final OptionalInt partitions;

    /// @param partitions of each topic of rows, where a number is asked for
    Launcher(Home home, Ports ports, Secrets secrets, Distribution distribution, OptionalInt partitions) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.distribution = distribution;
        this.partitions = partitions;
    }

    /// One that starts nothing, but knows how a running platform starts it.
    static Launcher of(Platform platform) {
        Ports ports = Ports.standard(0)
                .with(platform.state().parts().stream()
                        .collect(Collectors.toMap(child -> child.part().title(), PlatformState.Child::port)));
        Home home = platform.home();
        return new Launcher(home, ports, Secrets.of(home), new Distribution(Project.here()), OptionalInt.empty());
    }

    Engine engine(Part part) {
        return part == Part.POSTGRES ? postgres() : java(part);
    }

    private Engine postgres() {
        Path program = distribution.install(Part.POSTGRES);
        Path binaries = program.resolveSibling(program.getFileName() + ".postgresql");
        return new Postgres(binaries, home, ports.of(Part.POSTGRES), secrets);
    }

    JavaEngine java(Part part) {
        Path program = distribution.install(part);
        return part.isService() ? service(part, program) : broker(program);
    }

    private JavaEngine broker(Path program) {
        Part part = Part.KAFKA;
        Path data = home.state(part);
        Path ready = home.path().resolve("kafka.ready");
        List<String> flags = Jvm.flags(part.title());
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of("-cp", program.resolve("orrery.jar").toString(), "dev.orrery.embedded.BrokerProcess"));
        command.addAll(List.of(data.toString(), String.valueOf(ports.of(part)), ready.toString()));
        partitions.ifPresent(number -> command.add(String.valueOf(number)));
        return new JavaEngine(new JavaEngine.Program(
                data,
                home.log(part.title()),
                StartupCache.of(program, part.title(), flags),
                command,
                Map.of(),
                pid -> names(ready, pid),
                () -> Health.Answer.WELL));
    }

    private static boolean names(Path ready, long pid) {
        try {
            return Files.readString(ready).equals(String.valueOf(pid));
        } catch (IOException e) {
            return false;
        }
    }

    private JavaEngine service(Part part, Path program) {
        List<String> flags = Jvm.flags(part.title());
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of("-jar", program.resolve("quarkus-run.jar").toString()));
        return new JavaEngine(new JavaEngine.Program(
                home.state(part),
                home.log(part.title()),
                StartupCache.of(program, StartupCache.APP, flags),
                command,
                environment(part),
                pid -> Health.isReady(ports.of(part)),
                () -> Health.live(ports.of(part))));
    }

    /// What a service is told about itself and its neighbours.
    Map<String, String> environment(Part part) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.of(part)));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.of(Part.KAFKA));
        environment.put("ORRERY_STATE", home.state(part).toString());
        environment.put("ORRERY_LAKE", home.lake().toString());
        environment.put("ORRERY_SUBJECT_KEY", secrets.subjectKey());
        environment.put("ORRERY_INGEST_URL", "http://127.0.0.1:" + ports.of(Part.INGEST));
        environment.put("ORRERY_VALIDATION_URL", "http://127.0.0.1:" + ports.of(Part.VALIDATION));
        environment.put("ORRERY_REGISTRY_URL", "http://127.0.0.1:" + ports.of(Part.REGISTRY));
        environment.put("ORRERY_INFERENCE_URL", "http://127.0.0.1:" + ports.of(Part.INFERENCE));
        environment.put("ORRERY_PUBLIC_URL", "http://127.0.0.1:" + ports.of(part));
        if (part == Part.INFERENCE) {
            environment.put("ORRERY_GRPC_PORT", String.valueOf(ports.grpc()));
        }
        part.database().ifPresent(database -> {
            String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.of(Part.POSTGRES), database);
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", url);
            // On a busy machine a connection may take its time; a start that fails would cost far more of it.
            environment.put("QUARKUS_FLYWAY_CONNECT_RETRIES", "5");
            environment.put("QUARKUS_DATASOURCE_USERNAME", "orrery");
            environment.put("QUARKUS_DATASOURCE_PASSWORD", secrets.password());
        });
        return environment;
    }
}
