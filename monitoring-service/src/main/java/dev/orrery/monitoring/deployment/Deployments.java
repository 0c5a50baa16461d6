package dev.orrery.monitoring.deployment;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which versions run at each endpoint. A version that was replaced is no longer judged aloud: its late windows are
/// kept, but open no alert and move no gauge.
@ApplicationScoped
public class Deployments {

    /// A deployment was announced. Observed within the transaction that keeps it.
    public record Announced(String endpoint) {}

    /// What runs everywhere, as it was at one moment.
    public static final class Running {
        private final Map<String, List<Version>> byEndpoint;

        private Running(Map<String, List<Version>> byEndpoint) {
            this.byEndpoint = byEndpoint;
        }

        /// Whether something else runs at this endpoint. One of which nothing is known may run anything.
        public boolean replaced(String endpoint, String model, int version) {
            List<Version> versions = byEndpoint.get(endpoint);
            return versions != null && !versions.contains(new Version(model, version));
        }
    }

    private record Version(String model, int version) {}

    private final Event<Announced> announced;
    private final EntityManager database;

    Deployments(Event<Announced> announced, EntityManager database) {
        this.announced = announced;
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

    @Transactional
    public Running running() {
        return new Running(Deployment.<Deployment>streamAll()
                .collect(Collectors.toUnmodifiableMap(deployment -> deployment.endpoint, Deployments::versions)));
    }

    /// Takes over a deployment, unless it is not newer than the one that is known.
    void adopt(DeploymentChanged changed) {
        QuarkusTransaction.requiringNew().run(() -> {
            hold(changed.endpoint());
            keep(changed);
            announced.fire(new Announced(changed.endpoint()));
        });
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
        deployment.versions = Json.text(changed.slots().stream()
                .map(slot -> new Version(slot.model(), slot.version()))
                .distinct()
                .toList());
        deployment.persist();
    }

    private static List<Version> versions(Deployment deployment) {
        return Arrays.asList(Json.read(deployment.versions, Version[].class));
    }
}
