package dev.orrery.validation.judging;

import dev.orrery.validation.Database;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;

/// Where the tallies of a partition lie that are too many to lie beside a committed offset. They are written before the
/// offset is committed and found by it afterwards, so the counts and the position cannot disagree here either: an
/// offset that was not committed in the end leaves a page that nobody asks for.
@Singleton
class TallyBook {

    private final Database database;

    TallyBook(Database database) {
        this.database = database;
    }

    @Transactional
    void write(int partition, long nextOffset, String tallies) {
        database.update("""
                insert into tally (partition, next_offset, tallies) values (?1, ?2, ?3)
                on conflict (partition, next_offset) do update set tallies = excluded.tallies""", partition, nextOffset, tallies);
    }

    /// @throws IllegalStateException when there is none: the offset was committed by somebody with another database
    @Transactional
    String read(int partition, long nextOffset) {
        List<String> found = database.select(
                String.class,
                "select tallies from tally where partition = ?1 and next_offset = ?2",
                partition,
                nextOffset);
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "the counts up to offset %d of partition %d are lost".formatted(nextOffset, partition));
        }
        return found.getFirst();
    }

    /// The offset is committed: nobody asks for what came before it.
    @Transactional
    void forgetBefore(int partition, long nextOffset) {
        database.update("delete from tally where partition = ?1 and next_offset < ?2", partition, nextOffset);
    }
}
