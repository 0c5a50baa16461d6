package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.monitoring.window.Series;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// A closed window, as it was judged.
@Entity
@Table(name = "evaluations")
class Evaluation extends PanacheEntityBase {

    private static final String OF_SERIES =
            "series.endpoint = ?1 and series.model = ?2 and series.version = ?3 and series.role = ?4";

    /// In the order in which they were kept.
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long number;

    @Embedded
    Series series;

    Instant epoch;
    long windowNumber;

    @Enumerated(EnumType.STRING)
    Verdict verdict;

    Instant keptAt;
    String evaluation;

    static Evaluation keep(EvaluationClosed closed, Instant now) {
        Evaluation evaluation = new Evaluation();
        evaluation.series = Series.of(closed);
        evaluation.epoch = closed.epoch();
        evaluation.windowNumber = closed.window();
        evaluation.verdict = closed.verdict();
        evaluation.keptAt = now;
        evaluation.evaluation = Json.text(closed);
        evaluation.persist();
        return evaluation;
    }

    static List<EvaluationClosed> newest(Series series, int most) {
        return Evaluation.<Evaluation>find(
                        OF_SERIES + " order by number desc",
                        series.endpoint(),
                        series.model(),
                        series.version(),
                        series.role())
                .page(0, most)
                .stream()
                .map(Evaluation::closed)
                .toList();
    }

    /// The newest that have a verdict, newest first.
    static List<EvaluationClosed> newestJudged(Series series, int most) {
        return Evaluation.<Evaluation>find(
                        OF_SERIES + " and verdict <> ?5 order by number desc",
                        series.endpoint(),
                        series.model(),
                        series.version(),
                        series.role(),
                        Verdict.INSUFFICIENT_DATA)
                .page(0, most)
                .stream()
                .map(Evaluation::closed)
                .toList();
    }

    static List<Evaluation> numbered(Collection<Long> numbers) {
        return list("number in ?1", numbers);
    }

    EvaluationClosed closed() {
        return Json.read(evaluation, EvaluationClosed.class);
    }
}
