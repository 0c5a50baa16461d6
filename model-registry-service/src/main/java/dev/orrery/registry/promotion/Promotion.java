package dev.orrery.registry.promotion;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.registry.usecase.UseCases.Current;
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
        /// It passed its examination and is the champion of a model that serves nowhere yet.
        @JsonProperty("blessed")
        BLESSED,
        @JsonProperty("refused")
        REFUSED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String model;
    String useCase;

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

    static List<Promotion> newestFirst(String model, PageRequest request) {
        return Promotion.<Promotion>find(
                        "model = ?1 and id < ?2 order by id desc", model, request.number(0, Long.MAX_VALUE))
                .page(0, request.toRead())
                .list();
    }

    /// A decision about a wish, without what only some decisions have.
    static Promotion of(Promotions.Request request, Current useCase, Outcome outcome, Instant at) {
        Promotion promotion = new Promotion();
        promotion.model = request.model();
        promotion.useCase = useCase.useCase().name();
        promotion.outcome = outcome;
        promotion.toVersion = request.version();
        promotion.endpoint = useCase.useCase().endpoint();
        promotion.useCaseRevision = useCase.revision();
        promotion.decidedBy = request.by();
        promotion.reason = request.reason();
        promotion.decidedAt = at;
        return promotion;
    }
}
