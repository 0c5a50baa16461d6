package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Role;
import dev.orrery.monitoring.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;

/// A closed window, as it was judged.
@Entity
@Table(name = "evaluations")
class Evaluation extends PanacheEntityBase {

    @Embeddable
    record Key(
            String endpoint,
            String model,
            int version,
            @Enumerated(EnumType.STRING) Role role,
            long windowNumber) {}

    @EmbeddedId
    Key key;

    @Enumerated(EnumType.STRING)
    Verdict verdict;

    String evaluation;

    /// Keeps it, unless it is kept already.
    static boolean keep(EvaluationClosed closed) {
        Key key = new Key(closed.endpoint(), closed.model(), closed.version(), closed.role(), closed.window());
        if (findById(key) != null) {
            return false;
        }
        Evaluation evaluation = new Evaluation();
        evaluation.key = key;
        evaluation.verdict = closed.verdict();
        evaluation.evaluation = JsonText.write(closed);
        evaluation.persist();
        return true;
    }

    static List<EvaluationClosed> newest(SeriesKey series, int most) {
        return Evaluation.<Evaluation>find(
                        "key.endpoint = ?1 and key.model = ?2 and key.version = ?3 and key.role = ?4"
                                + " order by key.windowNumber desc",
                        series.endpoint(),
                        series.model(),
                        series.version(),
                        series.role())
                .page(0, most)
                .stream()
                .map(Evaluation::closed)
                .toList();
    }

    /// The last of each series that has a verdict.
    static List<EvaluationClosed> latestVerdicts() {
        return Evaluation.<Evaluation>list(
                        "from Evaluation e where e.verdict <> ?1 and e.key.windowNumber = (select max(o.key.windowNumber)"
                                + " from Evaluation o where o.verdict <> ?1 and o.key.endpoint = e.key.endpoint"
                                + " and o.key.model = e.key.model and o.key.version = e.key.version"
                                + " and o.key.role = e.key.role)",
                        Verdict.INSUFFICIENT_DATA)
                .stream()
                .map(Evaluation::closed)
                .toList();
    }

    private EvaluationClosed closed() {
        return JsonText.read(evaluation, EvaluationClosed.class);
    }
}
