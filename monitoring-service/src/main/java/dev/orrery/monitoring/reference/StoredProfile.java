package dev.orrery.monitoring.reference;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/// A profile as the registry gave it.
@Entity
@Table(name = "profiles")
class StoredProfile extends PanacheEntityBase {

    @EmbeddedId
    ModelVersion of;

    String profile;
    Instant fetchedAt;

    static Optional<Profile> read(ModelVersion version) {
        return QuarkusTransaction.requiringNew()
                .call(() -> StoredProfile.<StoredProfile>findByIdOptional(version))
                .map(stored -> Json.read(stored.profile, Profile.class));
    }

    static void keep(ModelVersion version, Profile profile, Instant now) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (findById(version) == null) {
                StoredProfile stored = new StoredProfile();
                stored.of = version;
                stored.profile = Json.text(profile);
                stored.fetchedAt = now;
                stored.persist();
            }
        });
    }

    /// Forgets those that were fetched before a time and belong to no series that is still watched. Whoever needs one
    /// again asks the registry again.
    static long forget(Instant before) {
        return delete(
                "fetchedAt < ?1 and not exists (select 1 from MonitoredSeries m"
                        + " where m.series.model = of.model and m.series.version = of.version)",
                before);
    }
}
