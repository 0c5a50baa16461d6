package dev.orrery.validation.outbox;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// An event that is decided, but perhaps not yet told.
@Entity
@Table(name = "outbox")
class OutboxEvent extends PanacheEntityBase {

    private static final int AT_A_TIME = 100;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "event_type")
    String type;

    @Column(name = "event_data")
    byte[] data;

    static OutboxEvent of(Event event) {
        OutboxEvent entry = new OutboxEvent();
        entry.type = event.type();
        entry.data = EventCodec.data(event);
        return entry;
    }

    static List<OutboxEvent> oldest() {
        return OutboxEvent.<OutboxEvent>findAll(Sort.by("id"))
                .page(0, AT_A_TIME)
                .list();
    }

    Event event() {
        return EventCodec.decode(new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8)), data);
    }
}
