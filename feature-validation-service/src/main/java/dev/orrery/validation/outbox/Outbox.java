package dev.orrery.validation.outbox;

import dev.orrery.contracts.event.Event;
import dev.orrery.kit.event.EventMessage;
import dev.orrery.validation.Database;
import dev.orrery.validation.Service;
import dev.orrery.validation.Worker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.eclipse.microprofile.reactive.messaging.Channel;

/// Tells Kafka what the database has decided, in the order it was decided, never less than once. An event is
/// written in the transaction that decides, so it is neither lost nor told of something that did not happen.
@ApplicationScoped
public class Outbox {

    /// Something is to be told.
    record Filled() {}

    private final MutinyEmitter<byte[]> events;
    private final jakarta.enterprise.event.Event<Filled> filled;
    private final Database database;
    private final Worker worker = new Worker("outbox", this::relay);

    Outbox(
            @Channel("events") MutinyEmitter<byte[]> events,
            jakarta.enterprise.event.Event<Filled> filled,
            Database database) {
        this.events = events;
        this.filled = filled;
        this.database = database;
    }

    /// Notes an event, in the transaction that is under way.
    @Transactional(TxType.MANDATORY)
    public void add(Event event) {
        OutboxEvent.of(event).persist();
        filled.fire(new Filled());
    }

    /// Tells what is due. Of several instances one does so at a time.
    ///
    /// @return whether there may be more
    @Transactional
    boolean relay() {
        if (!database.tryLock(Database.OUTBOX_LOCK)) {
            return false;
        }
        var due = OutboxEvent.oldest();
        for (OutboxEvent entry : due) {
            events.sendMessageAndAwait(EventMessage.of(Service.NAME, entry.event()));
            entry.delete();
        }
        return !due.isEmpty();
    }

    void onFilled(@Observes(during = TransactionPhase.AFTER_SUCCESS) Filled event) {
        worker.nudge();
    }

    void onStart(@Observes StartupEvent event) {
        worker.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        worker.close();
    }
}
