package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "119, 119 s",
        "120, 2 min",
        "7199, 119 min",
        "7200, 2 h 0 min",
        "100000, 27 h 46 min",
        "172800, 2 days"
    })
    void an_age_is_told_as_a_person_would(long seconds, String words) {
        Instant now = Instant.parse("2026-01-01T00:00:00.123456789Z");

        assertThat(Overview.age(now.minusSeconds(seconds), now)).isEqualTo(words);
    }

    @Test
    void what_has_never_run_is_stopped_and_not_well() {
        Overview overview = Overview.of(new Home(home));

        assertThat(overview.phase()).isEqualTo("stopped");
        assertThat(overview.isRunning()).isFalse();
        assertThat(overview.isWell()).isFalse();
    }

    @Test
    void a_platform_elsewhere_is_asked_service_by_service() {
        Overview overview = Overview.of(Platform.at(new Home(home), "http://127.0.0.1", Ports.free()));

        assertThat(overview.parts()).hasSize(6).allMatch(row -> row.state().equals("silent") && row.process() == null);
        assertThat(overview.isWell()).isFalse();
    }
}
