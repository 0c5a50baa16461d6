package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// Holds `docker-compose.yml` and the images against what the local platform, which runs in other tests, tells the same
/// services.
class ComposeTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path HEALTH = PROJECT.resolve("deploy/docker/health");

    /// What only a container needs to be told.
    private static final Set<String> ONLY_IN_CONTAINERS = Set.of("ORRERY_DOOR_HOSTS", "MALLOC_ARENA_MAX");

    @TempDir
    private Path folder;

    static Stream<Part> services() {
        return Part.services();
    }

    @Test
    void every_service_of_the_build_is_there_and_no_other() throws IOException {
        Set<String> modules =
                matches(Files.readString(PROJECT.resolve("pom.xml")), "<module>([a-z-]+-service)</module>");

        assertThat(modules).isEqualTo(Part.services().map(Part::title).collect(Collectors.toSet()));
        assertThat(compose().keySet().stream().filter(name -> name.endsWith("-service")))
                .containsExactlyInAnyOrderElementsOf(modules);
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_told_exactly_what_the_local_platform_tells_it(Part part) throws IOException {
        Set<String> told = new TreeSet<>(map(service(part).get("environment")).keySet());
        told.addAll(imageEnvironment().keySet());
        told.removeAll(ONLY_IN_CONTAINERS);

        Set<String> local = launcher().environment(part).keySet();

        assertThat(told).isEqualTo(new TreeSet<>(local));
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_services_port_is_its_own_and_only_this_machines(Part part) throws IOException {
        Map<String, Object> service = service(part);
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(
                PROJECT.resolve(part.title()).resolve("src/main/resources/application.properties"))) {
            properties.load(reader);
        }

        String port = String.valueOf(part.defaultPort());
        assertThat(properties.getProperty("quarkus.http.port")).isEqualTo(port);
        assertThat(map(service.get("environment"))).containsEntry("QUARKUS_HTTP_PORT", part.defaultPort());
        assertThat(service.get("ports")).isEqualTo(published(part));
    }

    /// Inference answers gRPC on a port of its own.
    private static List<String> published(Part part) {
        return (part == Part.INFERENCE
                        ? List.of(part.defaultPort(), Ports.standard(0).grpc())
                        : List.of(part.defaultPort()))
                .stream().map(port -> "127.0.0.1:%d:%1$d".formatted(port)).toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_has_its_database_and_its_image(Part part) throws IOException {
        Map<String, Object> service = service(part);
        String databases = Files.readString(PROJECT.resolve("deploy/docker/postgres/databases.sql"));

        part.database().ifPresent(database -> {
            assertThat(databases).contains("CREATE DATABASE %s;".formatted(database));
            assertThat(map(service.get("environment")))
                    .containsEntry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://postgres:5432/" + database);
        });
        assertThat(map(map(service.get("build")).get("args"))).isEqualTo(Map.of("PART", part.title()));
        assertThat(dockerfile()).contains("COPY --from=built /src/%s/target/quarkus-app/".formatted(part.title()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_can_write_to_its_volume_and_to_nothing_else(Part part) throws IOException {
        Map<String, Object> service = service(part);

        List<String> volumes = strings(service.get("volumes"));
        String state = imageEnvironment().get("ORRERY_STATE");
        String lake = "lake:" + imageEnvironment().get("ORRERY_LAKE");
        assertThat(volumes).anyMatch(volume -> volume.endsWith(":" + state));
        assertThat(volumes.stream().filter(volume -> volume.startsWith("lake:")))
                .isEqualTo(
                        switch (part) {
                            case VALIDATION -> List.of(lake);
                            case TRAINING, INFERENCE -> List.of(lake + ":ro");
                            default -> List.of();
                        });
        assertThat(service).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
        // Docker mounts a tmpfs so that nothing in it can be loaded, unless told otherwise.
        assertThat(strings(service.get("tmpfs"))).singleElement().asString().startsWith("/tmp:exec,");
        assertThat(dockerfile()).contains("USER 10001");
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_services_memory_is_limited_to_well_above_its_heap(Part part) throws IOException {
        String limit = (String) service(part).get("mem_limit");
        int megabytes = Integer.parseInt(limit.replaceAll("\\D", "")) * (limit.endsWith("g") ? 1024 : 1);
        int heap = Jvm.flags(part.title()).stream()
                .filter(flag -> flag.startsWith("-Xmx"))
                .map(flag -> Integer.parseInt(flag.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();

        assertThat(megabytes).isGreaterThanOrEqualTo(3 * heap).isGreaterThanOrEqualTo(256);
    }

    @Test
    void services_may_be_called_by_the_names_that_they_have_there() throws IOException {
        String door =
                Files.readString(PROJECT.resolve("libs/service-kit/src/main/java/dev/orrery/kit/http/DoorConfig.java"));
        assertThat(door).contains("prefix = \"orrery.door\"").contains(" hosts();");
        for (Part part : Part.services().toList()) {
            assertThat(map(service(part).get("environment")).get("ORRERY_DOOR_HOSTS"))
                    .asString()
                    .contains(part.title());
        }
    }

    @Test
    void the_images_have_what_is_run_in_them() throws IOException {
        assertThat(dockerfile())
                .contains("COPY deploy/docker/health /usr/local/bin/health")
                .contains("libgomp1")
                .contains("@/app/jvm.options");
        assertThat(HEALTH).isExecutable();
        for (Part part : Part.services().toList()) {
            assertThat(map(service(part).get("healthcheck"))).containsEntry("test", List.of("CMD", "health"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void the_health_check_says_what_the_service_says(int status) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(health(server.getAddress().getPort())).isEqualTo(status == 200 ? 0 : 1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_health_check_fails_where_nobody_listens() throws IOException, InterruptedException {
        assertThat(health(Ports.any())).isEqualTo(1);
    }

    private static int health(int port) throws IOException, InterruptedException {
        ProcessBuilder check = new ProcessBuilder(HEALTH.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        check.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        return check.start().waitFor();
    }

    private Launcher launcher() {
        Secrets secrets = new Secrets("a", "b", "c");
        return new Launcher(
                new Home(folder),
                Ports.standard(0),
                secrets,
                new Distribution(new Project(folder)),
                OptionalInt.empty());
    }

    private static Map<String, Object> service(Part part) throws IOException {
        return map(compose().get(part.title()));
    }

    private static Map<String, Object> compose() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(PROJECT.resolve("docker-compose.yml")));
        return map(file.get("services"));
    }

    private static String dockerfile() throws IOException {
        return Files.readString(PROJECT.resolve("deploy/docker/Dockerfile"));
    }

    /// What `ENV` sets in the image.
    private static Map<String, String> imageEnvironment() throws IOException {
        String text = dockerfile();
        Matcher block = Pattern.compile("(?m)^ENV ((?:.*\\\\\\n)*.*)$").matcher(text);
        assertThat(block.find()).isTrue();
        return Pattern.compile("([A-Z_]+)=(\\S+)")
                .matcher(block.group(1))
                .results()
                .collect(Collectors.toMap(result -> result.group(1), result -> result.group(2)));
    }

    private static Set<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<String> strings(Object value) {
        return ((Collection<?>) value).stream().map(String::valueOf).toList();
    }
}
