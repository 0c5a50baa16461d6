package dev.orrery.registry.usecase;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Sha256;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.registry.announcement.Announced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The use cases and their numbered revisions.
@ApplicationScoped
public class UseCases implements Announced {

    /// Names are compared across use cases, so one file is put at a time.
    private static final long LOCK = 0x7573652d63617365L;

    /// A use case as it now stands.
    public record Current(UseCase useCase, int revision) {}

    private final EntityManager database;
    private final NamesInUse names;
    private final Outbox outbox;
    private final Clock clock;

    UseCases(EntityManager database, NamesInUse names, Outbox outbox, Clock clock) {
        this.database = database;
        this.names = names;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The use case that a model belongs to, as it now stands.
    @Transactional
    public Optional<Current> ofModel(String model) {
        return names.owner(model)
                .flatMap(UseCaseRevision::latest)
                .map(found -> new Current(found.useCase(), found.revision));
    }

    /// The name of the use case that a model belongs to.
    @Transactional
    public Optional<String> owner(String model) {
        return names.owner(model);
    }

    /// Keeps a file as the next revision and announces it. The same text as before stays the revision that it is, and
    /// is announced again, for whoever missed it.
    ///
    /// @throws FileProblem with everything that is wrong
    @Transactional
    UseCaseRevision put(UseCaseFile file) {
        int last = lock(file.name());
        file.useCase().ifPresent(useCase -> names.check(useCase, file.mistakes()));
        UseCase useCase = file.require();
        names.take(useCase);
        String digest = Sha256.of(file.source());
        UseCaseRevision revision = UseCaseRevision.numbered(useCase.name(), last)
                .filter(kept -> kept.digest.equals(digest))
                .orElseGet(() -> add(useCase, file.source(), digest, last + 1));
        outbox.add(revision.event());
        return revision;
    }

    @Override
    public Topic topic() {
        return Topic.USE_CASES;
    }

    @Override
    @Transactional
    public Map<String, Long> revisions() {
        List<?> rows = database.createNativeQuery("SELECT name, revision FROM use_case WHERE revision > 0", Tuple.class)
                .getResultList();
        return rows.stream()
                .map(Tuple.class::cast)
                .collect(Collectors.toMap(
                        row -> row.get(0, String.class),
                        row -> row.get(1, Integer.class).longValue()));
    }

    @Override
    @Transactional
    public void announce(String name) {
        UseCaseRevision.numbered(name, lock(name)).map(UseCaseRevision::event).ifPresent(outbox::add);
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

    Page<UseCaseRevision> list(PageRequest request) {
        return Page.of(request, UseCaseRevision.latestOfAll(request), found -> List.of(found.name));
    }

    /// Takes the use case's row, new or old, for this transaction, and tells its newest revision; 0 for a new one.
    private int lock(String name) {
        database.createNativeQuery("SELECT 1 FROM pg_advisory_xact_lock(:lock)")
                .setParameter("lock", LOCK)
                .getSingleResult();
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
        revision.document = Json.text(useCase);
        revision.digest = digest;
        revision.createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        revision.persist();
        return revision;
    }
}
