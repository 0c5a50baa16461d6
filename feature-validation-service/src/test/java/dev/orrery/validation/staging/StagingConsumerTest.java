package dev.orrery.validation.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedFile;
import dev.orrery.lake.StagedRows;
import dev.orrery.testing.Platform;
import dev.orrery.validation.Ships;
import dev.orrery.validation.loop.RecordLoops;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a crash leaves, at each place where one can come.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class StagingConsumerTest {

    @Inject
    RecordLoops loops;

    @Inject
    StagingConsumer consumer;

    @Inject
    Ledger ledger;

    @Inject
    Lake lake;

    @Test
    void a_file_that_was_written_but_not_recorded_is_deleted_and_its_rows_are_read_again() {
        String dataset = Ships.dataset("unrecorded");
        String batch = Ships.batch();
        Ships.publish(Ships.rows(dataset, batch, 100));
        Ships.awaitValidated(batch, 90);
        loops.stop(StagingConsumer.GROUP);
        StagedRows rows = lake.table(dataset, Ships.schema()).stage(0);
        rows.under(List.of("crew"));
        rows.add(batch, 1, List.of(1L));
        StagedFile orphan = rows.finish();

        consumer.onStart(null);
        Ships.publish(Ships.ends(dataset, batch, 100));

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 1))
                .hasSize(90)
                .extracting(row -> row.get("crew"))
                .doesNotHaveDuplicates();
        assertThat(Path.of(URI.create(orphan.path()))).doesNotExist();
    }

    @Test
    void a_file_that_was_recorded_is_neither_deleted_nor_written_again() {
        String dataset = Ships.dataset("recorded");
        String batch = Ships.batch();
        List<Event> ends = Ships.ends(dataset, batch, 100);
        Ships.publish(Ships.rows(dataset, batch, 100));
        Ships.publish(ends.subList(0, 2));
        Ships.await()
                .until(() -> ledger.lastRow(batch, 0) == Long.MAX_VALUE && ledger.lastRow(batch, 1) == Long.MAX_VALUE);
        List<StagedFile> recorded = ledger.files(batch);

        loops.stop(StagingConsumer.GROUP);
        consumer.onStart(null);
        Ships.publish(ends);

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(recorded).isNotEmpty();
        assertThat(ledger.files(batch)).containsAll(recorded);
        assertThat(Ships.rows(dataset, 1)).hasSize(90);
    }

    @Test
    void whoever_has_lost_a_partition_can_record_nothing_of_it() {
        String batch = Ships.batch();
        StagedFile file = new StagedFile("file:///nowhere/" + batch, 1, 1);
        List<Ledger.Entry> entries = List.of(new Ledger.Entry("ships", batch, 1, 1, 0, file));
        Ledger.Claim lost = ledger.claim(99);
        Ledger.Claim held = ledger.claim(99);

        assertThatThrownBy(() -> ledger.record(lost, 10, entries, Optional.empty()))
                .hasMessageContaining("partition 99 has been taken over by another instance");
        assertThat(ledger.recorded(99)).isEmpty();

        ledger.record(held, 10, entries, Optional.empty());
        assertThat(ledger.recorded(99)).containsExactly(file.path());
        assertThat(ledger.claim(99).nextOffset()).isEqualTo(10);
    }

    @Test
    void validated_rows_that_are_told_again_later_are_staged_once() {
        String dataset = Ships.dataset("told-again");
        String batch = Ships.batch();
        List<Event> rows = new ArrayList<>();
        for (long row = 1; row <= 40; row++) {
            rows.add(Ships.validated(dataset, batch, row, "e" + row % 7, 1, Map.of("crew", row)));
        }
        List<Event> ends = ends(dataset, batch, 40);
        Ships.publish(rows);
        Ships.publish(rows);
        Ships.publish(ends);
        Ships.publish(rows);
        Ships.publish(ends);

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 1)).hasSize(40);
        String next = Ships.published(dataset, 10);
        Ships.decided(next);
        assertThat(Ships.rows(dataset, 2)).hasSize(49);
    }

    @Test
    void a_validated_row_that_does_not_fit_its_table_is_dead_and_its_batch_is_not_taken_for_whole() {
        String dataset = Ships.dataset("misfit");
        String batch = Ships.batch();
        Ships.publish(List.of(
                Ships.validated(dataset, batch, 1, "e", 1, Map.of("crew", "seven")),
                Ships.validated(dataset, batch, 2, "e", 1, Map.of("crew", 7L))));
        Ships.publish(ends(dataset, batch, 2));

        JsonPath report = Ships.decided(batch);

        assertThat(report.getString("state")).isEqualTo("quarantined");
        assertThat(report.getString("reason")).startsWith("2 of its rows were validated, but 1 are staged");
    }

    @Test
    void a_file_in_which_no_row_fitted_is_not_kept() {
        String dataset = Ships.dataset("no-fit");
        String batch = Ships.batch();
        String unknownSchema = Ships.batch();
        Ships.publish(List.of(
                Ships.validated(dataset, batch, 1, "e", 1, Map.of("crew", "seven")),
                Ships.validated(dataset, unknownSchema, 1, "e", 99, Map.of("crew", 7L))));
        Ships.publish(ends(dataset, batch, 1));
        Ships.publish(ends(dataset, unknownSchema, 1));

        assertThat(Ships.decided(batch).getString("reason"))
                .startsWith("1 of its rows were validated, but 0 are staged");
        assertThat(Ships.decided(unknownSchema).getString("state")).isEqualTo("quarantined");
        assertThat(ledger.files(batch)).isEmpty();
    }

    /// All rows in partition 0, for what its marker says; where they really lie is the key's choice.
    private static List<Event> ends(String dataset, String batch, int rows) {
        List<Event> ends = new ArrayList<>();
        for (int partition = 0; partition < Ships.PARTITIONS; partition++) {
            int share = partition == 0 ? rows : 0;
            ends.add(new ValidationEnded(dataset, batch, partition, 1, share, share, 0, rows));
        }
        return ends;
    }
}
