package dev.orrery.cli.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a platform is right now, its services asked themselves: what `status` prints, and gives as JSON.
///
/// @param platform its folder, or the host where it runs
/// @param phase    what its supervisor says, or `elsewhere` where that is not ours to see
@JsonInclude(JsonInclude.Include.NON_NULL)
record Overview(
        String platform, String phase, Instant since, String activity, String problem, List<StatusTable.Row> parts) {

    static Overview of(Platform elsewhere) {
        List<StatusTable.Row> rows =
                Part.services().map(part -> row(elsewhere, part)).toList();
        return new Overview(elsewhere.toString(), "elsewhere", null, null, null, rows);
    }

    private static StatusTable.Row row(Platform elsewhere, Part part) {
        Health.Answer answer = Health.ready(elsewhere.url(part));
        String state = answer.well() ? "up" : answer.answered() ? "not ready" : "silent";
        String note = answer.words().isEmpty() ? null : answer.words();
        return new StatusTable.Row(part.title(), state, elsewhere.url(part).toString(), null, null, null, note);
    }

    static Overview of(Home home) {
        Optional<PlatformState> known = PlatformState.read(home);
        Optional<PlatformState> running = known.filter(PlatformState::isSupervised);
        return running.map(state -> running(home, state)).orElseGet(() -> stopped(home, known));
    }

    private static Overview running(Home home, PlatformState state) {
        return new Overview(
                home.path().toString(),
                state.phase().name().toLowerCase(Locale.ROOT),
                state.since().truncatedTo(ChronoUnit.SECONDS),
                state.activity(),
                state.problem(),
                state.parts().stream().map(Overview::row).toList());
    }

    /// A service may be running and still not be ready; then it says itself what it waits for.
    private static StatusTable.Row row(Child child) {
        StatusTable.Row row = StatusTable.Row.of(child);
        if (child.status() != Status.UP || !child.part().isService()) {
            return row;
        }
        Health.Answer answer = Health.ready(child.port());
        return answer.well() ? row : row.notReady(answer.words());
    }

    private static Overview stopped(Home home, Optional<PlatformState> last) {
        String phase = (last.isPresent() && last.get().problem() != null ? Phase.FAILED : Phase.STOPPED)
                .name()
                .toLowerCase(Locale.ROOT);
        return new Overview(
                home.path().toString(),
                phase,
                null,
                null,
                last.map(PlatformState::problem).orElse(null),
                List.of());
    }

    boolean isRunning() {
        return !parts.isEmpty() || activity != null;
    }

    boolean isWell() {
        return !parts.isEmpty() && parts.stream().allMatch(row -> row.state().equals("up"));
    }

    /// For how long it has been as it is, in words.
    static String age(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        return age.toHours() < 2
                ? age.toMinutes() + " min"
                : age.toHours() < 48
                        ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
                        : age.toDays() + " days";
    }
}
