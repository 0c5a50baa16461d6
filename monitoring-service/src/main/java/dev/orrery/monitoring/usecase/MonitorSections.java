package dev.orrery.monitoring.usecase;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.usecase.Monitor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.stream.Collectors;

/// How each endpoint is to be monitored: kept in the database, answered from memory.
@ApplicationScoped
public class MonitorSections {

    private static final Monitor UNSAID = new Monitor(null, null);

    private volatile Map<String, Monitor> byEndpoint = Map.of();

    /// Before anything is consumed.
    void start(@Observes @Priority(1) StartupEvent event) {
        QuarkusTransaction.requiringNew().run(this::load);
    }

    /// The endpoint's section, or the defaults where no use case has spoken of it.
    public Monitor of(String endpoint) {
        return byEndpoint.getOrDefault(endpoint, UNSAID);
    }

    /// Takes over a revision, unless it is older than the one that is known. The same one is taken again, for a newer
    /// version of this service may understand more of it.
    void adopt(UseCaseRevised revised) {
        QuarkusTransaction.requiringNew().run(() -> keep(revised));
        QuarkusTransaction.requiringNew().run(this::load);
    }

    private void load() {
        byEndpoint = MonitorSection.<MonitorSection>stream("order by revision, useCase")
                .collect(Collectors.toUnmodifiableMap(
                        section -> section.endpoint,
                        section -> Json.read(section.monitor, Monitor.class),
                        (_, last) -> last));
    }

    private static void keep(UseCaseRevised revised) {
        MonitorSection section = MonitorSection.findById(revised.useCase().name());
        if (section != null && section.revision > revised.revision()) {
            return;
        }
        if (section == null) {
            section = new MonitorSection();
            section.useCase = revised.useCase().name();
        }
        section.endpoint = revised.useCase().endpoint();
        section.revision = revised.revision();
        section.monitor = Json.text(revised.useCase().monitor());
        section.persist();
    }
}
