package dev.orrery.inference.prediction;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What is scraped: one for all, so that what is counted without a meter is found there, too.
class Scraped {

    @Produces
    @Singleton
    CollectorRegistry registry() {
        return new CollectorRegistry(true);
    }
}
