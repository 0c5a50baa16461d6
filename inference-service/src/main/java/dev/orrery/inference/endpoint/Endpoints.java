package dev.orrery.inference.endpoint;

import dev.orrery.contracts.Names;
import dev.orrery.kit.problem.NotFound;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Every endpoint that a deployment has named.
@ApplicationScoped
public class Endpoints {

    private final ConcurrentNavigableMap<String, Endpoint> byName = new ConcurrentSkipListMap<>();

    /// @throws NotFound when no deployment has named it
    public Endpoint get(String name) {
        Endpoint endpoint = byName.get(name);
        if (endpoint == null) {
            throw new NotFound("Nothing is deployed at endpoint '%s'.%s GET /v1/endpoints lists what is."
                    .formatted(name, Names.suggestion(name, byName.keySet())));
        }
        return endpoint;
    }

    /// Null when no deployment has named it.
    public Endpoint find(String name) {
        return byName.get(name);
    }

    /// In the order of their names, those after a name; all for the empty one.
    public Collection<Endpoint> after(String name) {
        return byName.tailMap(name, false).values();
    }

    int count() {
        return byName.size();
    }

    /// How many have a model that answers.
    long answering() {
        return byName.values().stream().filter(Endpoint::ready).count();
    }

    Endpoint named(String name) {
        return byName.computeIfAbsent(name, Endpoint::new);
    }

    void remove(String name) {
        Endpoint endpoint = byName.remove(name);
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @PreDestroy
    void close() {
        byName.values().forEach(Endpoint::close);
    }
}
