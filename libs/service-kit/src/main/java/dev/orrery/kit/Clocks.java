package dev.orrery.kit;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// The one clock of a service. It is injected wherever time decides something, so that a test can move it.
class Clocks {

    private Clocks() {}

    @Produces
    @Singleton
    @DefaultBean
    static Clock system() {
        return Clock.systemUTC();
    }
}
