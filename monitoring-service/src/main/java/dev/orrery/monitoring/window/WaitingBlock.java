package dev.orrery.monitoring.window;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsMade;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Predictions that cannot be counted before their version's reference is known, as they came in one block. Whom they
/// were about stays behind.
@Entity
@Table(name = "waiting_blocks")
class WaitingBlock extends PanacheEntityBase {

    private static final String TYPE = Topic.PREDICTIONS.title() + "." + Block.KIND;

    /// One that waits no longer.
    ///
    /// @param bytes how large it was
    record Taken(PredictionsMade block, int predictions, int bytes) {}

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
        waiting.block = EventCodec.data(new PredictionsMade(block.header(), rows));
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
        Headers type = new RecordHeaders().add("ce_type", TYPE.getBytes(StandardCharsets.UTF_8));
        return new Taken((PredictionsMade) EventCodec.decode(type, block), predictions, block.length);
    }

    private static Prediction anonymous(Prediction row) {
        return new Prediction(
                row.sequence(), row.at(), row.latencyNanos(), null, row.failure(), row.cells(), row.outputs());
    }
}
