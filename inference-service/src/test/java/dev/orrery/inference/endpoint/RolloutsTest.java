package dev.orrery.inference.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.Instance;
import dev.orrery.inference.Settings;
import dev.orrery.inference.Shelf;
import dev.orrery.inference.StateFolder;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import dev.orrery.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
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
    private final MovableClock clock = new MovableClock();
    private WarmUp warmUp = (_, _) -> List.of();

    /// One life of the service.
    private record Life(Endpoints endpoints, Rollouts rollouts, StateFolder folder) implements AutoCloseable {

        boolean allAnswer() {
            return rollouts.isRestored() && endpoints.answering() == endpoints.count();
        }

        double score(String endpoint) {
            try (Serving serving = endpoints.get(endpoint).enter()) {
                Map<String, Object> row = Map.of("tenure", 12, "contract", "one-year");
                RowBlock rows = RowBlock.of(Rows.of(serving.card().inputs(), List.of(row)));
                return serving.score(rows)[0][0];
            }
        }

        void serve(DeploymentChanged deployment) {
            rollouts.want(deployment);
            await().atMost(PATIENCE).until(() -> {
                Running running = endpoints.get(deployment.endpoint()).looked();
                return running != null && running.deployment().revision() == deployment.revision();
            });
        }

        @Override
        public void close() throws IOException {
            rollouts.stop();
            endpoints.close();
            folder.close();
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
            await().atMost(PATIENCE).until(second::allAnswer);
            assertThat(second.score("a")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));
            assertThat(second.score("b")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        }
    }

    @Test
    void a_version_is_warmed_up_once_before_it_answers_and_that_counts_for_nothing() throws IOException {
        List<String> warmed = new CopyOnWriteArrayList<>();
        AtomicReference<Endpoints> endpoints = new AtomicReference<>();
        warmUp = (serving, golden) -> {
            String endpoint = serving.deployment().endpoint();
            boolean answers = endpoints.get().get(endpoint).looked() != null;
            serving.score(RowBlock.of(Rows.of(serving.card().inputs(), golden.rows())));
            warmed.add(endpoint + (answers ? " answers" : " waits"));
            return List.of("golden row 1 is a fault, which is no reason to refuse");
        };
        try (Life life = start()) {
            endpoints.set(life.endpoints());
            life.serve(shelf.deployment("a", 1, Shelf.tiny()));
            life.serve(shelf.deployment("b", 1, Shelf.tiny()));
            life.serve(shelf.deployment("a", 2, Shelf.other()));

            assertThat(warmed).containsExactly("a waits", "a answers");
            assertThat(life.endpoints().get("a").looked().champion().scored()).isZero();
            assertThat(life.score("a")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));
            assertThat(life.endpoints().get("a").looked().champion().scored()).isEqualTo(1);
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
            await().atMost(PATIENCE).until(second::allAnswer);
            assertThat(second.endpoints().get("a").looked().deployment().revision())
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
            assertThat(second.rollouts().isRestored()).isTrue();
            assertThat(second.endpoints().answering()).isZero();
            assertThatThrownBy(() -> second.score("a"))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("503");

            shelf.broken(false);
            await().atMost(PATIENCE).until(second::allAnswer);
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
            await().atMost(PATIENCE).until(second::allAnswer);
            assertThat(second.score("a")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        }
    }

    @Test
    void a_model_is_freed_after_its_last_request_and_not_before() throws IOException {
        try (Life life = start()) {
            life.serve(shelf.deployment("a", 1, Shelf.tiny()));
            Serving old = life.endpoints().get("a").enter();
            RowBlock rows =
                    RowBlock.of(Rows.of(old.card().inputs(), List.of(Map.of("tenure", 12, "contract", "one-year"))));
            life.serve(shelf.deployment("a", 2, Shelf.other()));

            assertThat(old.score(rows)[0][0]).isCloseTo((float) Shelf.TINY_SCORE, within(1e-5f));
            old.close();
            assertThatThrownBy(() -> old.score(rows)).hasMessageContaining("closed");
            assertThat(old.enter()).isFalse();
        }
    }

    @Test
    void a_download_that_hangs_holds_up_no_other_endpoint() throws IOException {
        CountDownLatch enough = new CountDownLatch(1);
        try (Life life = start()) {
            DeploymentChanged slow = shelf.deployment("slow", 1, described("slow"));
            shelf.hold("/slow/1/" + PackageFiles.DESCRIPTION, enough);
            life.rollouts().want(slow);

            life.serve(shelf.deployment("quick", 1, Shelf.tiny()));
            assertThat(life.endpoints().get("slow").ready()).isFalse();

            enough.countDown();
            life.serve(slow);
        }
    }

    @Test
    void a_revision_that_arrives_late_does_not_replace_a_newer_one() throws IOException {
        CountDownLatch enough = new CountDownLatch(1);
        try (Life life = start()) {
            DeploymentChanged late = shelf.deployment("a", 1, described("late"));
            shelf.hold("/a/1/" + PackageFiles.DESCRIPTION, enough);
            life.rollouts().want(late);
            life.serve(shelf.deployment("a", 2, Shelf.other()));

            enough.countDown();
            life.serve(shelf.deployment("b", 1, described("after")));

            assertThat(life.score("a")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));
        }
        try (Life second = start()) {
            await().atMost(PATIENCE).until(second::allAnswer);
            assertThat(second.score("a")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));
        }
    }

    @Test
    void files_that_a_deployment_still_waits_for_the_rest_of_are_not_removed() throws IOException {
        try (Life life = start()) {
            Map<String, byte[]> files = described("waiting");
            DeploymentChanged waiting = shelf.deployment("waiting", 1, files);
            shelf.put("/waiting/1/" + PackageFiles.PROFILE, "not yet".getBytes(StandardCharsets.UTF_8));
            life.rollouts().want(waiting);
            await().atMost(PATIENCE)
                    .until(() -> life.endpoints().get("waiting").why().isPresent());

            life.serve(shelf.deployment("a", 1, Shelf.tiny()));
            life.serve(shelf.deployment("a", 2, Shelf.other()));
            assertThat(files()).contains(Shelf.sha256(files.get(PackageFiles.DESCRIPTION)));

            shelf.put("/waiting/1/" + PackageFiles.PROFILE, files.get(PackageFiles.PROFILE));
            life.serve(waiting);
        }
    }

    @Test
    void what_a_killed_process_left_half_done_is_removed_at_the_next_start() throws IOException {
        try (Life first = start()) {
            first.serve(shelf.deployment("a", 1, Shelf.tiny()));
        }
        Files.writeString(state.resolve("models/files/draft-123"), "half a file", StandardCharsets.UTF_8);
        Files.writeString(state.resolve("models/files").resolve("0".repeat(64)), "of no deployment");
        Files.writeString(state.resolve("models/deployments/draft-456"), "{half", StandardCharsets.UTF_8);

        try (Life _ = start()) {
            assertThat(files())
                    .isEqualTo(Shelf.tiny().values().stream().map(Shelf::sha256).collect(Collectors.toSet()));
            try (Stream<Path> deployments = Files.list(state.resolve("models/deployments"))) {
                assertThat(deployments).hasSize(1);
            }
        }
    }

    @Test
    void a_model_that_ended_the_process_three_times_is_set_aside_and_the_others_are_not() throws IOException {
        String killer = Shelf.sha256(Shelf.other().get(PackageFiles.MODEL));
        String suspect = Shelf.sha256(Shelf.tiny().get(PackageFiles.MODEL));
        try (Life first = start()) {
            first.serve(shelf.deployment("good", 1, Shelf.tiny()));
            first.serve(shelf.deployment("bad", 1, Shelf.other()));
        }
        Files.writeString(state.resolve("models/loading").resolve(killer), "3", StandardCharsets.UTF_8);
        Files.writeString(state.resolve("models/loading").resolve(suspect), "1", StandardCharsets.UTF_8);

        try (Life second = start()) {
            await().atMost(PATIENCE).until(() -> second.rollouts().isRestored());
            assertThat(second.score("good")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
            assertThat(second.endpoints().get("bad").why())
                    .hasValueSatisfying(why -> assertThat(why).contains("ended the process 3 times"));
            assertThat(state.resolve("models/loading").resolve(suspect)).doesNotExist();

            second.serve(shelf.deployment("bad", 2, Shelf.tiny()));
        }
    }

    @Test
    void an_error_while_a_model_is_loaded_is_on_record_for_the_next_start() throws IOException {
        for (int life = 0; life < LoadAttempts.MOST; life++) {
            LoadAttempts attempts = new LoadAttempts(state.resolve("loading"));
            assertThatThrownBy(() -> attempts.guard("deadly", () -> {
                        throw new InternalError("as good as a crash");
                    }))
                    .isInstanceOf(InternalError.class);
        }

        LoadAttempts last = new LoadAttempts(state.resolve("loading"));
        assertThatThrownBy(() -> last.guard("deadly", () -> "loaded"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("3 times");
        assertThat(last.<String>guard("harmless", () -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void endpoints_that_load_one_model_at_the_same_time_are_no_suspicion() throws Exception {
        LoadAttempts attempts = new LoadAttempts(state.resolve("loading"));
        int endpoints = 2 * LoadAttempts.MOST;
        CyclicBarrier together = new CyclicBarrier(endpoints);
        try (ExecutorService loads = Executors.newFixedThreadPool(endpoints)) {
            Callable<Integer> load = () -> attempts.guard("shared", () -> {
                try {
                    return together.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            for (Future<Integer> loaded : loads.invokeAll(Collections.nCopies(endpoints, load))) {
                assertThat(loaded.get()).isNotNegative();
            }
        }
        assertThat(state.resolve("loading/shared")).doesNotExist();
    }

    @Test
    void an_exception_while_a_model_is_loaded_counts_for_nothing() throws IOException {
        LoadAttempts attempts = new LoadAttempts(state.resolve("loading"));
        for (int attempt = 0; attempt <= LoadAttempts.MOST; attempt++) {
            assertThatThrownBy(() -> attempts.guard("unusable", () -> {
                        throw new Refused("unusable");
                    }))
                    .hasMessage("unusable");
        }
    }

    @Test
    void an_endpoint_that_the_topic_names_no_more_ends_after_its_time() throws IOException {
        DeploymentChanged named = shelf.deployment("named", 1, Shelf.tiny());
        try (Life first = start()) {
            first.serve(named);
            first.serve(shelf.deployment("gone", 1, Shelf.other()));
        }
        try (Life second = start()) {
            await().atMost(PATIENCE).until(second::allAnswer);
            second.rollouts().want(named);
            Instant now = clock.instant();

            assertThat(second.rollouts().forgetUnnamed(now.minus(Duration.ofDays(30))))
                    .isZero();
            assertThat(second.score("gone")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));

            clock.advance(Duration.ofDays(31));
            assertThat(second.rollouts().forgetUnnamed(clock.instant().minus(Duration.ofDays(30))))
                    .isEqualTo(1);
            assertThatThrownBy(() -> second.endpoints().get("gone")).hasMessageContaining("Nothing is deployed");
            assertThat(second.score("named")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
            assertThat(files()).doesNotContain(Shelf.sha256(Shelf.other().get(PackageFiles.MODEL)));
        }
    }

    private static Map<String, byte[]> described(String description) {
        Map<String, byte[]> files = Shelf.tiny();
        files.put(PackageFiles.DESCRIPTION, description.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private Life start() throws IOException {
        Endpoints endpoints = new Endpoints();
        InferenceConfig config = Settings.of(state, Map.of("orrery.rollout.retry-after", "50ms"));
        StateFolder folder = new StateFolder(config);
        BiConsumer<String, Throwable> onEnd = (who, why) -> fail("%s ended", why, who);
        Rollouts rollouts = new Rollouts(
                endpoints, new SimpleMeterRegistry(), config, folder, new Instance(), warmUp, clock, onEnd);
        rollouts.restore();
        return new Life(endpoints, rollouts, folder);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("models/files"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
