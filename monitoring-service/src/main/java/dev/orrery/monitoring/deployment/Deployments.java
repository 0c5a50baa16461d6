package dev.orrery.monitoring.deployment;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.monitoring.JsonText;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Arrays;
import java.util.List;

/// Which versions run at each endpoint. A version that was replaced is no longer judged aloud: its late windows are
/// kept, but open no alert and move no gauge.
@ApplicationScoped
public class Deployments {

    /// A deployment was announced. Observed within the transaction that keeps it.
    public record Announced(String endpoint) {}

    /// What was announced is kept. Observed after the transaction, on every instance.
    public record Settled(String endpoint) {}

    private record Version(String model, int version) {}

    private final Event<Announced> announced;
    private final Event<Settled> settled;
    private final EntityManager database;

    Deployments(Event<Announced> announced, Event<Settled> settled, EntityManager database) {
        this.announced = announced;
        this.settled = settled;
        this.database = database;
    }

    /// Until the transaction ends, nobody else changes or judges what runs at this endpoint.
    @Transactional(TxType.MANDATORY)
    public void hold(String endpoint) {
        database.createNativeQuery("SELECT count(*) FROM pg_advisory_xact_lock(hashtextextended(:endpoint, 0))")
                .setParameter("endpoint", endpoint)
                .getSingleResult();
    }

    /// Whether a deployment that is not older than what was seen of this version runs without it. An endpoint of which
    /// nothing is known may run anything.
    ///
    /// @param seen the deployment revision under which the version was last seen; 0 when nobody has just seen it
    @Transactional
    public boolean replaced(String endpoint, String model, int version, long seen) {
        Deployment running = Deployment.findById(endpoint);
        return running != null && running.revision >= seen && !versions(running).contains(new Version(model, version));
    }

    /// Takes over a deployment, unless it is not newer than the one that is known.
    void adopt(DeploymentChanged changed) {
        QuarkusTransaction.requiringNew().run(() -> {
            hold(changed.endpoint());
            keep(changed);
            announced.fire(new Announced(changed.endpoint()));
        });
        settled.fire(new Settled(changed.endpoint()));
    }

    private static void keep(DeploymentChanged changed) {
        Deployment deployment = Deployment.findById(changed.endpoint());
        if (deployment != null && deployment.revision >= changed.revision()) {
            return;
        }
        if (deployment == null) {
            deployment = new Deployment();
            deployment.endpoint = changed.endpoint();
        }
        deployment.revision = changed.revision();
        deployment.versions = JsonText.write(changed.slots().stream()
                .map(slot -> new Version(slot.model(), slot.version()))
                .distinct()
                .toList());
        deployment.persist();
    }

    private static List<Version> versions(Deployment deployment) {
        return Arrays.asList(JsonText.read(deployment.versions, Version[].class));
    }
}
