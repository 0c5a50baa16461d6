package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    private static final Secrets SECRETS = new Secrets("admin-secret", "orrery-secret", "subject-secret");

    @TempDir
    private Path folder;

    private Launcher launcher;

    @BeforeEach
    void build() throws IOException {
        for (Part part : Part.services().toList()) {
            write(part.title() + "/target/quarkus-app/quarkus-run.jar");
        }
        write("cli/target/app/orrery.jar");
        Home home = new Home(folder.resolve("home"));
        launcher = new Launcher(
                home, Ports.standard(100), SECRETS, new Distribution(new Project(folder)), OptionalInt.empty());
    }

    @Test
    void a_service_is_told_its_port_its_neighbours_and_its_own_folder() {
        Map<String, String> environment =
                launcher.java(Part.VALIDATION).program().environment();

        assertThat(environment)
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_HTTP_PORT", "8182")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9192")
                .containsEntry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:5533/validation")
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "orrery")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "orrery-secret")
                .containsEntry("ORRERY_SUBJECT_KEY", "subject-secret")
                .containsEntry("ORRERY_REGISTRY_URL", "http://127.0.0.1:8183")
                .containsEntry("ORRERY_PUBLIC_URL", "http://127.0.0.1:8182")
                .containsEntry(
                        "ORRERY_STATE",
                        folder.resolve("home/state/feature-validation-service").toString())
                .containsEntry("ORRERY_LAKE", folder.resolve("home/lake").toString());
    }

    @Test
    void a_service_without_a_database_is_told_of_none() {
        assertThat(launcher.java(Part.INFERENCE).program().environment())
                .doesNotContainKey("QUARKUS_DATASOURCE_JDBC_URL")
                .doesNotContainKey("QUARKUS_DATASOURCE_PASSWORD");
    }

    @Test
    void no_secret_stands_on_a_command_line() {
        assertThat(Part.services().flatMap(part -> launcher.java(part).program().command().stream()))
                .noneMatch(argument -> argument.contains("secret"));
    }

    @Test
    void each_part_has_the_flags_of_all_and_its_own() {
        assertThat(launcher.java(Part.TRAINING).program().command()).contains("-Xmx256m", "-XX:+UseSerialGC");
        assertThat(launcher.java(Part.KAFKA).program().command())
                .contains("-Xmx128m", "dev.orrery.embedded.BrokerProcess", "9192");
    }

    @Test
    void programs_do_not_run_from_the_build_folders() {
        assertThat(launcher.java(Part.INGEST).program().command())
                .anyMatch(argument -> argument.endsWith("quarkus-run.jar"))
                .noneMatch(argument -> argument.contains("/target/"));
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
