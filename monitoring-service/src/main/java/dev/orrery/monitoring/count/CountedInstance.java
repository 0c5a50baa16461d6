package dev.orrery.monitoring.count;

import dev.orrery.contracts.event.Unlogged;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/// Which predictions of an instance were counted. All of them lie in one partition, whose reader alone changes this.
@Entity
@Table(name = "counted_instances")
public class CountedInstance extends PanacheEntityBase {

    @Embeddable
    record Key(int partition, String instance) {}

    @EmbeddedId
    Key key;

    byte[] sequences;
    long missing;
    long sampledOut;
    long dropped;
    Instant countedAt;

    static Sequences sequences(Key key) {
        return CountedInstance.<CountedInstance>findByIdOptional(key)
                .map(CountedInstance::counted)
                .orElseGet(Sequences::none);
    }

    static void keep(Key key, Sequences sequences, Instant now) {
        CountedInstance instance = findById(key);
        if (instance == null) {
            instance = new CountedInstance();
            instance.key = key;
        }
        instance.sequences = sequences.toBytes();
        instance.missing = sequences.missing();
        instance.sampledOut = sequences.unlogged().sampledOut();
        instance.dropped = sequences.unlogged().dropped();
        instance.countedAt = now;
        instance.persist();
    }

    private Sequences counted() {
        Sequences counted = Sequences.of(sequences);
        counted.skipped(new Unlogged(sampledOut, dropped));
        return counted;
    }

    /// Predictions that were made and have not come, those aside that were sampled out or said to be dropped.
    public static long missing() {
        return find("select coalesce(sum(missing), 0) from CountedInstance")
                .project(Long.class)
                .firstResult();
    }
}
