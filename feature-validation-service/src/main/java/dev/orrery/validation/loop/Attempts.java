package dev.orrery.validation.loop;

import dev.orrery.validation.Database;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// How often something was begun that did not get to its end, because the process died of it: written down before each
/// attempt, so that it survives `kill -9`.
///
/// A process that dies takes down whatever it was busy with, and most of that is innocent. So what has seen two
/// processes die is tried alone from then on, while everything else here waits. What then dies twice more, alone, is
/// guilty. An attempt that ends in an exception is none: the process lives on, and it is tried for ever.
@Singleton
public class Attempts {

    private static final int MOST_IN_COMPANY = 2;
    private static final int MOST_ALONE = 2;

    /// What is said of something that is given up.
    public static final String GIVEN_UP =
            "this service's process died %d times while it was busy with it".formatted(MOST_IN_COMPANY + MOST_ALONE);

    private final Database database;
    private final ReadWriteLock company = new ReentrantReadWriteLock(true);

    Attempts(Database database) {
        this.database = database;
    }

    /// Notes that an attempt begins.
    ///
    /// @param what     is tried
    /// @param position from which it would be tried again
    /// @param reach    how far it goes; a suspect stays one until it has got beyond
    /// @param again    whether this process has noted the same before
    /// @return whether it is a suspect, and must not be tried in company
    @Transactional
    public boolean isSuspect(String what, long position, long reach, boolean again) {
        return database.select(Boolean.class, """
                        insert into attempt as a (what, position, reach, lives, suspect, alone)
                        values (?1, ?2, ?3, 1, false, 0)
                        on conflict (what) do update set
                            lives = case when a.position = excluded.position then a.lives + ?4 else 1 end,
                            suspect = case when a.position = excluded.position then a.suspect or a.lives + ?4 > ?5
                                else a.suspect and excluded.position < a.reach end,
                            alone = case when a.position = excluded.position then a.alone else 0 end,
                            reach = case when a.position = excluded.position or a.suspect and excluded.position < a.reach
                                then greatest(a.reach, excluded.reach) else excluded.reach end,
                            position = excluded.position
                        returning suspect""", what, position, reach, again ? 0 : 1, MOST_IN_COMPANY)
                .getFirst();
    }

    /// Notes that a suspect is about to be tried alone.
    ///
    /// @return false when it must not be: too often was that the end of the process
    @Transactional
    public boolean mayTryAlone(String what, long position, boolean again) {
        int alone = database.select(Integer.class, """
                        update attempt set
                            alone = case when position = ?2 then alone + ?3 else 1 end,
                            lives = case when position = ?2 then lives else 1 end,
                            position = ?2
                        where what = ?1 returning alone""", what, position, again ? 0 : 1)
                .getFirst();
        return alone <= MOST_ALONE;
    }

    /// The process has survived an attempt, whatever came of it.
    @Transactional
    public void survived(String what, long position, boolean alone) {
        database.update("""
                update attempt set lives = greatest(lives - 1, 0), alone = greatest(alone - ?3, 0)
                where what = ?1 and position = ?2""", what, position, alone ? 1 : 0);
    }

    /// It is done, once and for all.
    @Transactional
    public void forget(String what) {
        database.update("delete from attempt where what = ?1", what);
    }

    /// Held during an attempt: shared with others, or not.
    public Lock lock(boolean alone) {
        return alone ? company.writeLock() : company.readLock();
    }
}
