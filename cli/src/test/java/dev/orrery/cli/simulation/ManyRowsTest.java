package dev.orrery.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyRowsTest {

    /// Whatever is written and shown can be collected, so a million rows need no more memory than a thousand.
    @Test
    void nobody_who_was_written_is_kept() throws IOException {
        List<WeakReference<Customer>> seen = new ArrayList<>();
        Tally tally = new Tally(10);

        new CustomerFile(World.of(3), 2_000, 10).write(Writer.nullWriter(), customer -> {
            tally.add(customer);
            seen.add(new WeakReference<>(customer));
        });
        System.gc();

        assertThat(tally.customers()).isEqualTo(2_000);
        assertThat(tally.facts()).containsEntry("customers", 2_000L).containsEntry("broken", 10);
        assertThat(tally.bestRocAuc()).isBetween(0.85, 0.91);
        assertThat(seen).filteredOn(customer -> customer.get() != null).hasSizeLessThan(10);
    }
}
