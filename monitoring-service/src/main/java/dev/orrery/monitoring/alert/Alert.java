package dev.orrery.monitoring.alert;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Severity;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// That a model version has drifted. One at a time is open for an endpoint's model version.
///
/// It names every column that was in alarm while it lasted, and keeps the worst severity it ever had: a person who was
/// told 'critical' is not told 'notice' in between. A second shift that comes before the first is over adds to it.
@Entity
@Table(name = "alerts")
class Alert extends PanacheEntityBase {

    enum State {
        OPEN,
        RESOLVED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long number;

    UUID id;
    String endpoint;
    String model;
    int version;

    @Enumerated(EnumType.STRING)
    State state;

    @Enumerated(EnumType.STRING)
    Severity severity;

    String columns;
    String outputs;
    String summary;
    Instant openedAt;
    Instant resolvedAt;
    long revision;

    static Alert open(Alarm alarm, EvaluationClosed evaluation, Instant now) {
        Alert alert = new Alert();
        alert.id = UUID.randomUUID();
        alert.endpoint = evaluation.endpoint();
        alert.model = evaluation.model();
        alert.version = evaluation.version();
        alert.state = State.OPEN;
        alert.openedAt = now;
        alert.severity = evaluation.severity();
        alert.columns = Json.text(List.of());
        alert.outputs = Json.text(List.of());
        alert.take(alarm, evaluation);
        return alert;
    }

    static Optional<Alert> openFor(String endpoint, String model, int version) {
        return find(
                        "endpoint = ?1 and model = ?2 and version = ?3 and state = ?4",
                        endpoint,
                        model,
                        version,
                        State.OPEN)
                .firstResultOptional();
    }

    static List<Alert> openAt(String endpoint) {
        return list("endpoint = ?1 and state = ?2", endpoint, State.OPEN);
    }

    static List<Alert> allOpen() {
        return list("state", State.OPEN);
    }

    static Optional<Alert> named(UUID id) {
        return find("id", id).firstResultOptional();
    }

    /// Newest first.
    ///
    /// @param endpoint null for all
    /// @param state    null for both
    static List<Alert> before(long number, String endpoint, State state, int most) {
        return Alert.<Alert>find(
                        "number < ?1 and (?2 is null or endpoint = ?2) and (?3 is null or state = ?3)"
                                + " order by number desc",
                        number,
                        endpoint,
                        state)
                .page(0, most)
                .list();
    }

    List<String> columnNames() {
        return List.of(Json.read(columns, String[].class));
    }

    List<String> outputNames() {
        return List.of(Json.read(outputs, String[].class));
    }

    /// Another window has drifted, and others before it.
    ///
    /// @return false when it says nothing new: neither another column nor a higher severity
    boolean goOn(Alarm alarm, EvaluationClosed evaluation) {
        boolean worse = evaluation.severity().compareTo(severity) > 0;
        boolean more =
                !outputNames().containsAll(alarm.outputs()) || !columnNames().containsAll(alarm.columns());
        if (!worse && !more) {
            return false;
        }
        severity = worse ? evaluation.severity() : severity;
        take(alarm, evaluation);
        return true;
    }

    void resolve(String why, Instant now) {
        state = State.RESOLVED;
        summary = why;
        resolvedAt = now;
        revision++;
    }

    AlertChanged changed(AlertChanged.State how, Instant now) {
        return new AlertChanged(
                id.toString(),
                revision,
                how,
                severity,
                endpoint,
                model,
                version,
                columnNames(),
                outputNames(),
                summary,
                now);
    }

    private void take(Alarm alarm, EvaluationClosed evaluation) {
        columns = joined(alarm.columns(), columnNames());
        outputs = joined(alarm.outputs(), outputNames());
        summary = Summary.of(alarm, evaluation);
        revision++;
    }

    private static String joined(List<String> latest, List<String> before) {
        return Json.text(
                Stream.concat(latest.stream(), before.stream()).distinct().toList());
    }
}
