package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.registry.PageToken;
import dev.orrery.registry.PageToken.Page;
import dev.orrery.registry.Sha256;
import dev.orrery.registry.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The use cases and their numbered revisions.
@ApplicationScoped
public class UseCases {

    /// A use case as it now stands.
    public record Current(UseCase useCase, int revision) {}

    private final EntityManager database;
    private final Outbox outbox;
    private final Clock clock;

    UseCases(EntityManager database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The newest revision of a use case.
    public Optional<Current> current(String name) {
        return UseCaseRevision.latest(name).map(found -> new Current(found.useCase(), found.revision));
    }

    /// Keeps a file as the next revision and announces it. The same text as before stays the revision that it is.
    @Transactional
    UseCaseRevision put(UseCaseFile file) {
        UseCase useCase = file.require();
        String source = file.source();
        int last = lock(useCase.name());
        String digest = Sha256.of(source);
        Optional<UseCaseRevision> same =
                UseCaseRevision.numbered(useCase.name(), last).filter(kept -> kept.digest.equals(digest));
        return same.orElseGet(() -> add(useCase, source, digest, last + 1));
    }

    UseCaseRevision get(String name, Integer revision) {
        if (revision == null) {
            return UseCaseRevision.latest(name)
                    .orElseThrow(() -> new NotFound(
                            "There is no use case '%s'. GET /v1/use-cases lists those there are.".formatted(name)));
        }
        return UseCaseRevision.numbered(name, revision)
                .orElseThrow(() -> new NotFound("There is no revision %d of use case '%s'.".formatted(revision, name)));
    }

    Page<UseCaseRevision> list(int limit, String pageToken) {
        PageToken token = PageToken.of(pageToken);
        return token.page(UseCaseRevision.latestOfAll(token.offset(), limit + 1), limit);
    }

    /// Takes the use case's row, new or old, for this transaction, and tells its newest revision; 0 for a new one.
    private int lock(String name) {
        database.createNativeQuery("INSERT INTO use_case (name, revision) VALUES (:name, 0) ON CONFLICT DO NOTHING")
                .setParameter("name", name)
                .executeUpdate();
        return (Integer) database.createNativeQuery("SELECT revision FROM use_case WHERE name = :name FOR UPDATE")
                .setParameter("name", name)
                .getSingleResult();
    }

    private UseCaseRevision add(UseCase useCase, String source, String digest, int number) {
        database.createNativeQuery("UPDATE use_case SET revision = :number WHERE name = :name")
                .setParameter("number", number)
                .setParameter("name", useCase.name())
                .executeUpdate();
        UseCaseRevision revision = new UseCaseRevision();
        revision.name = useCase.name();
        revision.revision = number;
        revision.source = source;
        revision.document = json(useCase);
        revision.digest = digest;
        revision.createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        revision.persist();
        outbox.add(new UseCaseRevised(useCase, number, revision.createdAt));
        return revision;
    }

    private static String json(UseCase useCase) {
        try {
            return Json.MAPPER.writeValueAsString(useCase);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a use case is plain data", e);
        }
    }
}
