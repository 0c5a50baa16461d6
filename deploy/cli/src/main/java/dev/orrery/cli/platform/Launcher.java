package dev.orrery.cli.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Knows for each part which program runs, with which arguments, and how to tell that it is ready.
final class Launcher {

    private static final int PROBE_MILLIS = 1000;

    private final Home home;
    private final Ports ports;
    private final Secrets secrets;
    private final Project project;
    private final Distribution distribution;

    Launcher(Home home, Ports ports, Secrets secrets, Project project) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.project = project;
        this.distribution = new Distribution(project);
    }

    Engine engine(Part part) {
        Path program = distribution.install(project, part);
        return switch (part) {
            case POSTGRES ->
                new Postgres(
                        program.resolveSibling(program.getFileName() + ".postgresql"), home, ports.of(part), secrets);
            case KAFKA -> broker(program);
            default -> service(part, program);
        };
    }

    private Engine broker(Path program) {
        Path ready = home.path().resolve("kafka.ready");
        List<String> command = Jvm.flags(Part.KAFKA.heap());
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                program.resolve("orrery.jar").toString()));
        command.addAll(List.of(
                "dev.orrery.embedded.BrokerProcess",
                home.state(Part.KAFKA).toString(),
                String.valueOf(ports.of(Part.KAFKA)),
                ready.toString()));
        return new JavaEngine(
                home.state(Part.KAFKA), home.log(Part.KAFKA.title()), command, Map.of(), pid -> names(ready, pid));
    }

    private static boolean names(Path ready, long pid) {
        try {
            return Files.readString(ready).equals(String.valueOf(pid));
        } catch (IOException e) {
            return false;
        }
    }

    private Engine service(Part part, Path program) {
        List<String> command = new ArrayList<>(Jvm.flags(part.heap()));
        command.addAll(List.of("-jar", program.resolve("quarkus-run.jar").toString()));
        return new JavaEngine(
                home.state(part), home.log(part.title()), command, environment(part), pid -> isReady(ports.of(part)));
    }

    private Map<String, String> environment(Part part) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.of(part)));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.of(Part.KAFKA));
        environment.put("ORRERY_STATE", home.state(part).toString());
        environment.put("ORRERY_LAKE", home.lake().toString());
        environment.put("ORRERY_SUBJECT_KEY", secrets.subjectKey());
        environment.put("ORRERY_REGISTRY_URL", "http://127.0.0.1:" + ports.of(Part.REGISTRY));
        environment.put("ORRERY_PUBLIC_URL", "http://127.0.0.1:" + ports.of(part));
        part.database().ifPresent(database -> {
            String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.of(Part.POSTGRES), database);
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", url);
            environment.put("QUARKUS_DATASOURCE_USERNAME", "orrery");
            environment.put("QUARKUS_DATASOURCE_PASSWORD", secrets.password());
        });
        return environment;
    }

    /// Whether a service says of itself that it is ready.
    static boolean isReady(int port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port))
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
