package dev.orrery.registry.outbox;

import dev.orrery.contracts.event.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/// The one way in which the registry tells anybody anything: the event is written with the change it speaks of, and
/// delivered after the commit, for certain.
@ApplicationScoped
public class Outbox {

    /// Something was added; observers are told after the commit.
    record Added() {}

    private final jakarta.enterprise.event.Event<Added> added;

    Outbox(jakarta.enterprise.event.Event<Added> added) {
        this.added = added;
    }

    /// Adds an event to the caller's transaction.
    @Transactional(TxType.MANDATORY)
    public void add(Event event) {
        OutboxEntry.of(event).persist();
        added.fire(new Added());
    }
}
