package dev.orrery.ingest.batch;

import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.landing.Upload;
import dev.orrery.ingest.source.FileFormat;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;

/// One file that was received whole, and how far its rows have been published. Its id grows with time.
@Entity
class Batch extends PanacheEntityBase {

    enum State {
        PUBLISHING,
        PUBLISHED,
        FAILED
    }

    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    UUID id;

    @Column(updatable = false)
    String dataset;

    @Column(name = "schema_version", updatable = false)
    int schemaVersion;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    FileFormat format;

    @Enumerated(EnumType.STRING)
    State state = State.PUBLISHING;

    @Column(updatable = false)
    long rows;

    /// What the service tells people. Where publishing goes on after a crash is written on Kafka, with the rows.
    @Column(name = "published_rows")
    long publishedRows;

    @Column(updatable = false)
    long bytes;

    @Column(updatable = false)
    String digest;

    @Column(name = "idempotency_key")
    String idempotencyKey;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "published_at")
    Instant publishedAt;

    /// How often publishing was tried since it last got any further, and what went wrong then.
    int attempts;

    String trouble;

    String error;

    static Batch of(Dataset dataset, Upload upload, FileFormat format, long rows, String idempotencyKey, Instant now) {
        Batch batch = new Batch();
        batch.dataset = dataset.name();
        batch.schemaVersion = dataset.version();
        batch.format = format;
        batch.rows = rows;
        batch.bytes = upload.bytes();
        batch.digest = upload.digest();
        batch.idempotencyKey = idempotencyKey;
        batch.createdAt = now.truncatedTo(ChronoUnit.MICROS);
        return batch;
    }

    static Optional<Batch> sentWith(String dataset, String idempotencyKey) {
        return find("dataset = ?1 and idempotencyKey = ?2", dataset, idempotencyKey)
                .firstResultOptional();
    }

    /// Newest first.
    ///
    /// @param dataset null for all
    /// @param before  the last batch of the page before
    static List<Batch> page(String dataset, UUID before, int limit) {
        Sort newestFirst = Sort.descending("id");
        PanacheQuery<Batch> found = dataset == null
                ? find("id < ?1", newestFirst, before)
                : find("id < ?1 and dataset = ?2", newestFirst, before, dataset);
        return found.page(Page.ofSize(limit)).list();
    }

    /// What waits to be published, oldest first.
    static List<Batch> waiting(int limit) {
        return find("state = ?1 order by id", State.PUBLISHING)
                .page(Page.ofSize(limit))
                .list();
    }

    /// Whether a file is needed still: something waits to be published from it, or came in since then.
    static boolean needs(String digest, Instant since) {
        return count("digest = ?1 and (state = ?2 or createdAt >= ?3)", digest, State.PUBLISHING, since) > 0;
    }

    /// Forgets the idempotency keys of what came in before then, unless it waits still.
    static long forgetKeys(Instant before) {
        return update(
                "idempotencyKey = null where idempotencyKey is not null and state <> ?1 and createdAt < ?2",
                State.PUBLISHING,
                before);
    }

    /// Forgets the batches that came in before then and are over.
    static long forget(Instant before) {
        return delete("state <> ?1 and createdAt < ?2", State.PUBLISHING, before);
    }
}
