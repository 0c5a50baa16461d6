package dev.orrery.registry.artifact;

import dev.orrery.registry.artifact.ContentStore.Received;
import dev.orrery.registry.mlflow.MlflowError;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The artifacts. Names are rows, contents are files. Who changes names waits for others below the same top folder; who
/// keeps or removes a content waits for others with the same content, so that none is removed while another name is
/// about to point to it. No lock is held by everybody while somebody waits for the disk.
///
/// What a registered version refers to stays as it is: its files are neither changed nor removed, and once it is
/// blessed
/// none is added.
@ApplicationScoped
public class Artifacts {

    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private final ContentStore store;
    private final EntityManager database;
    private final Clock clock;

    Artifacts(ContentStore store, EntityManager database, Clock clock) {
        this.store = store;
        this.database = database;
        this.clock = clock;
    }

    /// A file, its path seen from the folder that was asked for.
    public record Stored(String path, String digest, long size) {}

    /// A direct child of a folder; folders have no size.
    record Child(String name, boolean folder, Long size) {
        private static Child of(Tuple row) {
            boolean folder = row.get("folder", Boolean.class);
            long size = row.get("size", Number.class).longValue();
            return new Child(row.get("name", String.class), folder, folder ? null : size);
        }
    }

    /// Puts a content at a path, in place of what was there.
    ///
    /// @param expected the content's SHA-256 where the sender told it, else null
    void put(ArtifactPath path, InputStream body, String expected) throws IOException {
        try (Received received = store.receive(body)) {
            if (expected != null && !expected.equals(received.digest())) {
                throw MlflowError.invalid(
                        "The content of '%s' has SHA-256 %s, and its Content-Digest says %s: send it again.",
                        path.value(), received.digest(), expected);
            }
            String replaced = QuarkusTransaction.requiringNew().call(() -> record(path, received));
            if (replaced != null && !replaced.equals(received.digest())) {
                discard(replaced);
            }
        }
    }

    Optional<Stored> find(ArtifactPath path) {
        return Artifact.<Artifact>findByIdOptional(path.value())
                .map(found -> new Stored(found.path, found.digest, found.size));
    }

    /// The file that holds a content.
    public Path content(String digest) {
        return store.file(digest);
    }

    /// All files below a folder.
    public List<Stored> files(ArtifactPath folder) {
        return Artifact.below(folder).stream()
                .map(found -> new Stored(folder.relative(found.path), found.digest, found.size))
                .toList();
    }

    /// What lies directly in a folder, or in the root where none is given.
    List<Child> children(Optional<ArtifactPath> folder) {
        String prefix = folder.map(ArtifactPath::start).orElse("");
        List<?> rows = database.createNativeQuery("""
                        SELECT split_part(rest, '/', 1) AS name, bool_or(strpos(rest, '/') > 0) AS folder,
                               sum(size) AS size
                        FROM (SELECT substr(path, :skip) AS rest, size FROM artifact
                              WHERE path > :start AND path < :end) AS below
                        GROUP BY 1 ORDER BY 1""", Tuple.class)
                .setParameter("skip", prefix.codePointCount(0, prefix.length()) + 1)
                .setParameter("start", prefix)
                .setParameter("end", folder.map(ArtifactPath::end).orElse(LAST_CHARACTER))
                .getResultList();
        return rows.stream().map(row -> Child.of((Tuple) row)).toList();
    }

    /// Removes a file, or a folder with all that is in it.
    void delete(ArtifactPath path) {
        List<String> digests = QuarkusTransaction.requiringNew().call(() -> {
            lock(path);
            HeldFiles.requireRemovable(path);
            List<Artifact> gone = new ArrayList<>(Artifact.below(path));
            Artifact.<Artifact>findByIdOptional(path.value()).ifPresent(gone::add);
            gone.forEach(Artifact::delete);
            return gone.stream().map(artifact -> artifact.digest).distinct().toList();
        });
        digests.forEach(this::discard);
    }

    /// Keeps the content under its name; the answer is the digest of what was there before, or null.
    private String record(ArtifactPath path, Received received) throws IOException {
        lockContents(List.of(received.digest()));
        store.keep(received);
        lock(path);
        requireFree(path);
        Artifact found = Artifact.findById(path.value());
        if (found == null || !found.digest.equals(received.digest())) {
            HeldFiles.requireWritable(path, found != null);
        }
        String before = found == null ? null : found.digest;
        Artifact artifact = Objects.requireNonNullElseGet(found, Artifact::new);
        artifact.path = path.value();
        artifact.digest = received.digest();
        artifact.size = received.size();
        artifact.createdAt = clock.instant();
        artifact.persist();
        return before;
    }

    private static void requireFree(ArtifactPath path) {
        if (Artifact.anyBelow(path)) {
            throw MlflowError.invalid("'%s' is a folder.", path.value());
        }
        String parent = path.value();
        while (parent.contains("/")) {
            parent = parent.substring(0, parent.lastIndexOf('/'));
            if (Artifact.findByIdOptional(parent).isPresent()) {
                throw MlflowError.invalid("'%s' cannot be below '%s', which is a file.", path.value(), parent);
            }
        }
    }

    /// Removes a content that no name and no blessed package points to.
    ///
    /// @return whether it was removed
    boolean discard(String digest) {
        return QuarkusTransaction.requiringNew().call(() -> {
            lockContents(List.of(digest));
            Number uses = (Number) database.createNativeQuery("""
                            SELECT (SELECT count(*) FROM artifact WHERE digest = :digest)
                                 + (SELECT count(*) FROM package_file WHERE digest = :digest)""")
                    .setParameter("digest", digest)
                    .getSingleResult();
            if (uses.longValue() > 0) {
                return false;
            }
            store.delete(digest);
            return true;
        });
    }

    /// Takes the top folder of a path for the rest of the transaction: what lies below it, and what refers to it, does
    /// not change meanwhile.
    public void lock(ArtifactPath path) {
        lock("folder " + path.value().split("/", 2)[0]);
    }

    /// Takes contents for the rest of the transaction, always in the same order, so that two never wait for each other.
    public void lockContents(List<String> digests) {
        digests.stream().distinct().sorted().forEach(digest -> lock("content " + digest));
    }

    private void lock(String name) {
        database.createNativeQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .setParameter("name", name)
                .getSingleResult();
    }
}
