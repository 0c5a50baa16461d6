package dev.orrery.monitoring.alert;

import dev.orrery.kit.event.EventMessage;
import dev.orrery.monitoring.Ticker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;

/// Takes changes of alerts to their topic, oldest first; one instance at a time does so. A change that was sent, but
/// could not be removed, is sent again with the same revision.
@ApplicationScoped
class AlertPublisher {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PAGE = 100;
    private static final long LOCK = 0x616c65727473L;

    private final MutinyEmitter<byte[]> alerts;
    private final EntityManager database;
    private final String service;
    private Ticker ticker;

    AlertPublisher(
            @Channel("alerts") MutinyEmitter<byte[]> alerts,
            EntityManager database,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.alerts = alerts;
        this.database = database;
        this.service = service;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.every(
                PAUSE,
                "Publishing alerts",
                () -> QuarkusTransaction.requiringNew().run(this::publishPage));
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.close();
    }

    private void publishPage() {
        boolean mine = (Boolean) database.createNativeQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                .setParameter("lock", LOCK)
                .getSingleResult();
        if (!mine) {
            return;
        }
        for (AlertChange change : AlertChange.oldest(PAGE)) {
            alerts.sendMessageAndAwait(EventMessage.of(service, change.event()));
            change.delete();
        }
    }
}
