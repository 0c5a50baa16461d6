package dev.orrery.registry.promotion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;

/// One decision on what should serve, with its evidence. Decisions are only ever added.
@Entity
class Promotion extends PanacheEntityBase {

    /// How it was decided.
    enum Outcome {
        @JsonProperty("promoted")
        PROMOTED,
        @JsonProperty("refused")
        REFUSED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String model;

    @Enumerated(EnumType.STRING)
    Outcome outcome;

    Integer fromVersion;
    int toVersion;
    String endpoint;
    Long deploymentRevision;
    int useCaseRevision;
    String decidedBy;
    String reason;
    String packageDigest;
    Integer goldenRows;

    Double goldenWorstDifference;

    String refusal;
    Instant decidedAt;

    static List<Promotion> newestFirst(String model, int offset, int most) {
        return Promotion.<Promotion>find("model = ?1 order by id desc", model)
                .range(offset, offset + most - 1)
                .list();
    }
}
