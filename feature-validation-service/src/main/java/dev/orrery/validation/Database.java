package dev.orrery.validation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.List;

/// The database where entities do not reach: insert-unless-present, sums, and locks that all instances share.
/// Everything but [#read] happens in the caller's transaction.
@ApplicationScoped
public class Database {

    /// Held by whoever commits batches to the lake.
    public static final int LAKE_LOCK = 1;

    private final EntityManager entities;

    Database(EntityManager entities) {
        this.entities = entities;
    }

    /// Changes rows.
    ///
    /// @param values of `?1`, `?2` …
    /// @return how many rows
    public int update(String sql, Object... values) {
        return with(entities.createNativeQuery(sql), values).executeUpdate();
    }

    /// Reads rows.
    ///
    /// @param type   of the one column, or a record of all of them
    /// @param values of `?1`, `?2` …
    @SuppressWarnings("unchecked")
    public <T> List<T> select(Class<T> type, String sql, Object... values) {
        return (List<T>) with(entities.createNativeQuery(sql, type), values).getResultList();
    }

    /// Reads rows in a transaction of its own, when none is under way.
    @Transactional
    public <T> List<T> read(Class<T> type, String sql, Object... values) {
        return select(type, sql, values);
    }

    /// Takes a lock until the transaction ends, also by a crash; or says that somebody else holds it.
    public boolean tryLock(int lock) {
        return select(Boolean.class, "select pg_try_advisory_xact_lock(0, ?1)", lock)
                .getFirst();
    }

    /// Waits for a dataset's lock: its schemas change one at a time, and never while a batch chooses one.
    public void lock(String dataset) {
        select(String.class, "select cast(pg_advisory_xact_lock(1, hashtext(?1)) as text)", dataset);
    }

    private static Query with(Query query, Object... values) {
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query;
    }
}
