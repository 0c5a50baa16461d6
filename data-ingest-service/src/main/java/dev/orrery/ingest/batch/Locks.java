package dev.orrery.ingest.batch;

import io.quarkus.hibernate.orm.panache.Panache;

/// Locks that all instances share, held until the database transaction ends.
final class Locks {

    private Locks() {}

    /// What guards a landed file against being removed while a batch is made of it.
    static String file(String digest) {
        return "file:" + digest;
    }

    /// Waits for a lock and holds it to the end of the present transaction.
    static void hold(String name) {
        Panache.getEntityManager()
                .createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 0)) as text)", String.class)
                .setParameter(1, name)
                .getSingleResult();
    }
}
