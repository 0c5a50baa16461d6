package dev.orrery.monitoring.reference;

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
                .map(stored -> ProfileDoor.parse(stored.profile));
    }

    static void keep(ModelVersion version, String profile, Instant now) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (findById(version) == null) {
                StoredProfile stored = new StoredProfile();
                stored.of = version;
                stored.profile = profile;
                stored.fetchedAt = now;
                stored.persist();
            }
        });
    }
}
