package dev.orrery.monitoring;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Severity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Closed windows of one version at one endpoint, numbered as the stream would.
public final class Windows {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final List<String> FEATURES = List.of("speed", "weight", "flag");

    private final String endpoint;
    private final int version;
    private Instant epoch = START;
    private long number;

    public Windows(String endpoint) {
        this(endpoint, 1);
    }

    public Windows(String endpoint, int version) {
        this.endpoint = endpoint;
        this.version = version;
    }

    /// From now on windows are numbered as after a loss of the stream's state.
    public Windows beginAnew() {
        epoch = epoch.plusSeconds(3600);
        number = 0;
        return this;
    }

    public EvaluationClosed stable() {
        return window(Verdict.STABLE, null, false);
    }

    public EvaluationClosed drifted(Severity severity, String... columns) {
        return window(Verdict.DRIFT, severity, false, columns);
    }

    public EvaluationClosed scoreDrifted() {
        return window(Verdict.DRIFT, Severity.WARNING, true);
    }

    public EvaluationClosed insufficient() {
        number++;
        return new EvaluationClosed(
                endpoint,
                endpoint,
                version,
                Role.CHAMPION,
                1,
                epoch,
                number,
                START,
                START,
                7,
                Verdict.INSUFFICIENT_DATA,
                List.of(),
                List.of(),
                null);
    }

    private EvaluationClosed window(Verdict verdict, Severity severity, boolean score, String... drifted) {
        number++;
        List<String> names = Arrays.asList(drifted);
        List<Drift> columns = Stream.concat(
                        names.stream(), FEATURES.stream().filter(feature -> !names.contains(feature)))
                .map(column -> new Drift(column, names.contains(column) ? 0.2 : 0.01, 0.05, names.contains(column)))
                .toList();
        Instant from = epoch.plusSeconds(60 * number);
        return new EvaluationClosed(
                endpoint,
                endpoint,
                version,
                Role.CHAMPION,
                1,
                epoch,
                number,
                from,
                from.plusSeconds(60),
                500,
                verdict,
                columns,
                List.of(new Drift("score", score ? 0.2 : 0.01, 0.05, score)),
                severity);
    }
}
