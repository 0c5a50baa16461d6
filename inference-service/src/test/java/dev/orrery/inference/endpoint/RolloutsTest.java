package dev.orrery.inference.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.inference.Settings;
import dev.orrery.inference.Shelf;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.Rows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a service still knows after it was stopped, with neither registry nor broker to ask.
class RolloutsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path state;

    private final Shelf shelf = new Shelf();

    /// One life of the service.
    private record Life(Endpoints endpoints, Rollouts rollouts) implements AutoCloseable {

        double score(String endpoint) {
            try (Serving serving = endpoints.get(endpoint).enter()) {
                Map<String, Object> row = Map.of("tenure", 12, "contract", "one-year");
                return serving.score(Rows.of(serving.card().inputs(), List.of(row)))[0];
            }
        }

        void serve(DeploymentChanged deployment) {
            rollouts.want(deployment);
            await().atMost(PATIENCE).until(() -> {
                Serving serving = endpoints.get(deployment.endpoint()).serving();
                return serving != null && serving.deployment().revision() == deployment.revision();
            });
        }

        @Override
        public void close() {
            rollouts.stop();
            endpoints.close();
        }
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void every_endpoint_answers_again_from_disk_alone() throws IOException {
        try (Life first = start()) {
            first.serve(shelf.deployment("a", 1, Shelf.tiny()));
            first.serve(shelf.deployment("a", 2, Shelf.other()));
            first.serve(shelf.deployment("b", 7, Shelf.tiny()));
        }
        shelf.close();

        try (Life second = start()) {
            assertThat(second.endpoints().ready()).isTrue();
            assertThat(second.score("a")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));
            assertThat(second.score("b")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        }
    }

    @Test
    void a_deployment_that_was_refused_is_not_what_a_restart_serves() throws IOException {
        Map<String, byte[]> wrong = Shelf.other();
        wrong.put(PackageFiles.GOLDEN, Shelf.tiny().get(PackageFiles.GOLDEN));
        try (Life first = start()) {
            first.serve(shelf.deployment("a", 1, Shelf.tiny()));
            first.rollouts().want(shelf.deployment("a", 2, wrong));
            await().atMost(PATIENCE)
                    .until(() -> first.endpoints().get("a").why().isPresent());
        }

        try (Life second = start()) {
            assertThat(second.endpoints().get("a").serving().deployment().revision())
                    .isEqualTo(1);
        }
    }

    @Test
    void only_the_files_of_what_is_served_stay_on_disk() throws IOException {
        Map<String, byte[]> other = Shelf.other();
        try (Life life = start()) {
            life.serve(shelf.deployment("a", 1, Shelf.tiny()));
            life.serve(shelf.deployment("a", 2, other));

            assertThat(files())
                    .isEqualTo(other.values().stream().map(Shelf::sha256).collect(Collectors.toSet()));
        }
    }

    @Test
    void a_file_that_was_damaged_on_disk_is_not_served_but_fetched_again() throws IOException {
        DeploymentChanged deployment = shelf.deployment("a", 1, Shelf.tiny());
        try (Life first = start()) {
            first.serve(deployment);
        }
        String digest = deployment.slots().getFirst().files().get(PackageFiles.MODEL);
        Files.writeString(state.resolve("models/files").resolve(digest), "rust", StandardCharsets.UTF_8);
        shelf.broken(true);

        try (Life second = start()) {
            await().atMost(PATIENCE)
                    .until(() -> second.endpoints().get("a").why().isPresent());
            assertThat(second.endpoints().ready()).isFalse();
            assertThatThrownBy(() -> second.score("a"))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("503");

            shelf.broken(false);
            await().atMost(PATIENCE).until(() -> second.endpoints().ready());
            assertThat(second.score("a")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        }
    }

    @Test
    void a_deployment_that_cannot_be_read_on_disk_does_not_keep_the_others_from_starting() throws IOException {
        try (Life first = start()) {
            first.serve(shelf.deployment("a", 1, Shelf.tiny()));
        }
        Files.writeString(state.resolve("models/deployments/b.json"), "{half", StandardCharsets.UTF_8);

        try (Life second = start()) {
            assertThat(second.endpoints().ready()).isTrue();
            assertThat(second.score("a")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        }
    }

    @Test
    void a_model_is_freed_after_its_last_request_and_not_before() throws IOException {
        try (Life life = start()) {
            life.serve(shelf.deployment("a", 1, Shelf.tiny()));
            Serving old = life.endpoints().get("a").enter();
            Rows rows = Rows.of(old.card().inputs(), List.of(Map.of("tenure", 12, "contract", "one-year")));
            life.serve(shelf.deployment("a", 2, Shelf.other()));

            assertThat(old.score(rows)[0]).isCloseTo((float) Shelf.TINY_SCORE, within(1e-5f));
            old.close();
            assertThatThrownBy(() -> old.score(rows)).hasMessageContaining("closed");
            assertThat(old.enter()).isFalse();
        }
    }

    private Life start() throws IOException {
        Endpoints endpoints = new Endpoints();
        Rollouts rollouts = new Rollouts(
                endpoints,
                new SimpleMeterRegistry(),
                Settings.of(state, Map.of("orrery.rollout.retry-after", "50ms", "orrery.rollout.warm-up", "10")));
        rollouts.restore();
        return new Life(endpoints, rollouts);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("models/files"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
