package dev.orrery.validation.dataset;

import dev.orrery.lake.Lake;
import dev.orrery.validation.ValidationConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The lake's catalog lives in this service's database.
class LakeProducer {

    @Produces
    @Singleton
    Lake open(
            ValidationConfig config,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        return Lake.open(config.lake(), config.lakeFiles(), url, user, password);
    }

    void close(@Disposes Lake lake) {
        lake.close();
    }
}
