package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsMade;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Predictions that cannot be counted before their version's reference is known, as they came in one block. Whom they
/// were about, and what called them, stays behind.
@Entity
@Table(name = "waiting_blocks")
class WaitingBlock extends PanacheEntityBase {

    /// One that waits no longer.
    ///
    record Taken(byte[] block, int predictions) {}

    /// The order in which they came.
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long number;

    @Embedded
    Series series;

    int predictions;
    Instant earliest;
    byte[] block;

    static WaitingBlock of(PredictionsMade block) {
        List<Prediction> rows =
                block.rows().stream().map(WaitingBlock::anonymous).toList();
        WaitingBlock waiting = new WaitingBlock();
        waiting.predictions = rows.size();
        waiting.earliest =
                rows.stream().map(Prediction::at).min(Comparator.naturalOrder()).orElseThrow();
        waiting.block = new PredictionsMade(block.header(), rows).encoded().data();
        return waiting;
    }

    /// Takes out the one that has waited longest. It is read by itself: all of them together may be large.
    static Optional<Taken> takeOldest(Series series) {
        Optional<WaitingBlock> oldest =
                find("series = ?1 order by number", series).firstResultOptional();
        return oldest.map(WaitingBlock::take);
    }

    private Taken take() {
        getEntityManager().detach(this);
        delete("number", number);
        return new Taken(block, predictions);
    }

    private static Prediction anonymous(Prediction row) {
        return new Prediction(
                row.sequence(),
                row.at(),
                row.latencyNanos(),
                row.outcome(),
                row.weight(),
                null,
                null,
                row.error(),
                List.of(),
                row.cells(),
                row.outputs());
    }
}
