package dev.orrery.inference.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.inference.log.Segment.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long PLENTY = 64L << 20;
    /// Bytes of `entry 7` on disk.
    private static final long ENTRY = 19;

    @TempDir
    Path folder;

    @Test
    void entries_come_out_in_the_order_in_which_they_went_in() throws Exception {
        try (Spool spool = Spool.open(folder, PLENTY)) {
            spool.append(entries(0, 5));
            spool.append(entries(5, 8));

            assertThat(drain(spool, 3)).isEqualTo(texts(0, 8));
            assertThat(spool.pending()).isZero();
        }
    }

    @Test
    void predictions_are_counted_and_not_the_blocks_that_they_come_in() throws Exception {
        try (Spool spool = Spool.open(folder, PLENTY)) {
            spool.append(List.of(new Spooled(1000, new byte[7]), new Spooled(300, new byte[7])));
            assertThat(spool.pending()).isEqualTo(1300);
        }
        try (Spool spool = Spool.open(folder, PLENTY)) {
            assertThat(spool.pending()).isEqualTo(1300);
            spool.confirm(spool.peek(1));
            assertThat(spool.pending()).isEqualTo(300);
        }
    }

    @Test
    void what_was_not_confirmed_is_there_again() throws Exception {
        try (Spool spool = Spool.open(folder, PLENTY)) {
            spool.append(entries(0, 5));

            assertThat(read(spool.peek(3 * ENTRY))).isEqualTo(texts(0, 3));
            assertThat(read(spool.peek(5 * ENTRY))).isEqualTo(texts(0, 5));
            assertThat(spool.pending()).isEqualTo(5);
        }
    }

    @Test
    void a_process_that_died_leaves_what_it_had_not_confirmed() throws Exception {
        Spool dead = Spool.open(folder, PLENTY);
        dead.append(entries(0, 100));
        dead.confirm(dead.peek(10 * ENTRY + 30 * (ENTRY + 1)));

        try (Spool spool = Spool.open(folder, PLENTY)) {
            assertThat(spool.pending()).isEqualTo(60);
            spool.append(entries(100, 110));
            assertThat(drain(spool, 7)).isEqualTo(texts(40, 110));
        }
        try (Spool spool = Spool.open(folder, PLENTY)) {
            assertThat(spool.pending()).isZero();
            assertThat(spool.peek(1).entries()).isEmpty();
        }
    }

    @Test
    void half_an_entry_at_the_end_costs_no_other() throws Exception {
        try (Spool spool = Spool.open(folder, PLENTY)) {
            spool.append(entries(0, 10));
        }
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length - 1));

        try (Spool spool = Spool.open(folder, PLENTY)) {
            spool.append(entries(10, 12));
            assertThat(spool.pending()).isEqualTo(11);
            assertThat(drain(spool, 4))
                    .isEqualTo(Stream.concat(texts(0, 9).stream(), texts(10, 12).stream())
                            .toList());
        }
    }

    @Test
    void a_flipped_bit_is_not_delivered() throws Exception {
        try (Spool spool = Spool.open(folder, PLENTY)) {
            spool.append(entries(0, 1));
        }
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 1] ^= 1;
        Files.write(segment, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        try (Spool spool = Spool.open(folder, PLENTY)) {
            assertThat(spool.pending()).isZero();
            assertThat(spool.peek(1).entries()).isEmpty();
        }
    }

    @Test
    void a_full_spool_takes_what_fits_and_says_how_much_and_has_room_again_later() throws Exception {
        Spooled large = new Spooled(1, new byte[1 << 20]);
        try (Spool spool = Spool.open(folder, 10L << 20)) {
            assertThat(spool.append(List.of(large, large, large, large, large))).isEqualTo(5);
            assertThat(spool.append(List.of(large, large, large, large, large))).isEqualTo(4);
            assertThat(spool.append(List.of(large))).isZero();
            assertThat(spool.pending()).isEqualTo(9);
            assertThat(occupied()).isLessThanOrEqualTo(10L << 20);

            assertThat(drain(spool, 2)).hasSize(9);
            assertThat(spool.append(List.of(large))).isEqualTo(1);
            assertThat(drain(spool, 2)).hasSize(1);
        }
    }

    @Test
    void disk_is_given_back_as_entries_are_confirmed() throws Exception {
        Spooled entry = new Spooled(1, new byte[100_000]);
        try (Spool spool = Spool.open(folder, PLENTY)) {
            for (int i = 0; i < 300; i++) {
                assertThat(spool.append(List.of(entry))).isEqualTo(1);
                spool.confirm(spool.peek(1 << 20));
            }
            assertThat(occupied()).isLessThan(9L << 20);
        }
    }

    @Test
    void whoever_waits_for_room_or_for_the_end_is_told() throws Exception {
        Spooled large = new Spooled(1, new byte[3 << 20]);
        try (Spool spool = Spool.open(folder, 10L << 20)) {
            spool.append(List.of(large));
            spool.append(List.of(large));
            spool.append(List.of(large));
            assertThat(spool.awaitRoom(Duration.ofMillis(1))).isFalse();

            CompletableFuture<Integer> drained = CompletableFuture.supplyAsync(() -> {
                try {
                    return drain(spool, 1).size();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(spool.awaitRoom(Duration.ofSeconds(30))).isTrue();
            spool.awaitEmpty(Duration.ofSeconds(30));
            assertThat(spool.pending()).isZero();
            assertThat(drained.join()).isEqualTo(3);
        }
    }

    private static List<String> drain(Spool spool, int step) throws Exception {
        List<String> drained = new ArrayList<>();
        for (Batch batch = spool.peek(step); !batch.entries().isEmpty(); batch = spool.peek(step)) {
            drained.addAll(read(batch));
            spool.confirm(batch);
        }
        return drained;
    }

    private static List<String> read(Batch batch) {
        return batch.entries().stream()
                .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Spooled> entries(int from, int to) {
        return texts(from, to).stream()
                .map(text -> new Spooled(1, text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "entry " + i).toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private long occupied() throws IOException {
        long bytes = 0;
        for (Path segment : segments()) {
            bytes += Files.size(segment);
        }
        return bytes;
    }
}
