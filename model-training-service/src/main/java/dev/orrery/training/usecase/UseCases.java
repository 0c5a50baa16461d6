package dev.orrery.training.usecase;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.problem.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The use cases that the registry has announced, kept here so that a restart needs no neighbour.
@ApplicationScoped
public class UseCases {

    private final EntityManager database;

    UseCases(EntityManager database) {
        this.database = database;
    }

    /// Remembers a revision; one that is known already changes nothing.
    ///
    /// @param json the event as it came: what is not understood of it now, a newer version of this service may
    @Transactional
    public void remember(UseCaseRevised event, byte[] json) {
        database.createNativeQuery("""
                        insert into use_case_revision (name, revision, document)
                        values (:name, :revision, :document) on conflict do nothing""")
                .setParameter("name", event.useCase().name())
                .setParameter("revision", event.revision())
                .setParameter("document", document(json))
                .executeUpdate();
    }

    /// @throws NotFound naming the use cases that there are
    @Transactional(dontRollbackOn = NotFound.class)
    public UseCaseRevision newest(String name) {
        return UseCaseRevision.newest(name).orElseThrow(() -> new NotFound(unknown(name)));
    }

    /// A revision that a job pinned.
    @Transactional(dontRollbackOn = NotFound.class)
    public UseCaseRevision numbered(String name, int revision) {
        return UseCaseRevision.numbered(name, revision)
                .orElseThrow(() -> new NotFound("Use case '%s' has no revision %d here.".formatted(name, revision)));
    }

    private static String document(byte[] json) {
        try {
            return Json.MAPPER.readTree(json).get("use_case").toString();
        } catch (IOException e) {
            throw new UncheckedIOException("what was read once is JSON", e);
        }
    }

    private String unknown(String name) {
        List<String> known = database.createQuery(
                        "select distinct u.name from UseCaseRevision u order by u.name", String.class)
                .getResultList();
        return known.isEmpty()
                ? "There is no use case '%s', nor any other; put one to the registry.".formatted(name)
                : "There is no use case '%s'.%s Known: %s."
                        .formatted(name, Names.suggestion(name, known), String.join(", ", known));
    }
}
