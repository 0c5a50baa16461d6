package dev.orrery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocatedTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void counts_of_all_threads_add_up_in_their_units() {
        assertThat(Allocated.sum("""
                        "main" #1 prio=5 cpu=1.0ms elapsed=3s allocated=12B defined_classes=1
                        "vert.x-eventloop-thread-0" #9 cpu=1.0ms elapsed=3s allocated=3K
                        "other" allocated=2M
                        "VM Thread" os_prio=0 cpu=1ms
                        """)).isEqualTo(12 + 3 * 1024 + 2 * MEGABYTE);
    }

    @Test
    void what_this_process_allocates_is_seen() {
        long before = Allocated.by(ProcessHandle.current().pid());
        List<byte[]> held = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            held.add(new byte[MEGABYTE]);
        }

        assertThat(Allocated.by(ProcessHandle.current().pid()) - before).isGreaterThan(32L * MEGABYTE);
        assertThat(held).hasSize(64);
    }
}
