package dev.orrery.registry.outbox;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// An event that waits for its topic. Its number is given when it is written, under the lock of what it speaks of: the
/// events of one key have rising numbers.
@Entity
@Table(name = "outbox")
class OutboxEntry extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String type;
    byte[] data;

    static OutboxEntry of(Event event) {
        OutboxEntry entry = new OutboxEntry();
        entry.type = event.type();
        entry.data = EventCodec.data(event);
        return entry;
    }

    static List<OutboxEntry> oldest(int most) {
        return find("order by id").page(0, most).list();
    }

    Event event() {
        var headers = new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        return EventCodec.decode(headers, data);
    }
}
