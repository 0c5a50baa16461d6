package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    private Path folder;

    @Test
    void the_same_service_twice_shows_no_difference() {
        Comparison comparison = Comparison.of(report(500, 1, 3), report(500, 100, 3));

        assertThat(comparison.figures()).noneMatch(Comparison.Figure::differs);
        assertThat(comparison.doubts()).isEmpty();
    }

    @Test
    void a_slower_one_is_told_from_noise_with_its_ratio() {
        Comparison comparison = Comparison.of(report(500, 1, 3), report(600, 100, 3));

        Comparison.Figure median = comparison.figures().getFirst();
        assertThat(median.ratio()).isBetween(1.15, 1.25);
        assertThat(median.low()).isGreaterThan(1.1);
        assertThat(comparison.verdict(median)).isEqualTo("higher");
        assertThat(comparison.figures().getLast().differs()).isFalse();
    }

    @Test
    void what_differs_only_from_run_to_run_is_noise() {
        Report one = Made.report(Report.Kind.LOAD, run(500, 1), run(700, 2), run(600, 3));
        Report other = Made.report(Report.Kind.LOAD, run(620, 4), run(520, 5), run(730, 6));

        assertThat(Comparison.of(one, other).figures()).noneMatch(Comparison.Figure::differs);
    }

    @Test
    void single_runs_are_not_made_more_of_than_they_are() throws IOException {
        Path file = folder.resolve("a.json");
        report(500, 1, 1).write(file);

        Comparison comparison = Comparison.of(Report.read(file), report(900, 2, 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ComparisonTable.print(
                new Story(new PrintStream(out, true, StandardCharsets.UTF_8), new Terminal(false, 80)), comparison);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("higher in these runs", "--repeat 3")
                .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 80));
    }

    @Test
    void another_file_is_refused_in_words() throws IOException {
        Path file = Files.writeString(folder.resolve("b.json"), "{\"bench\": \"data\"}");

        assertThatThrownBy(() -> Report.read(file)).isInstanceOf(Failure.class).hasMessageContaining("it has no runs");
    }

    private static Report report(double micros, int seed, int runs) {
        return Made.report(
                Report.Kind.LOAD,
                IntStream.range(0, runs).mapToObj(i -> run(micros, seed + i)).toArray(Measured[]::new));
    }

    private static Measured run(double micros, int seed) {
        return new Measured(100.0, null, Made.run(micros, 0, seed), new Own.Cost(10, 0), null, List.of());
    }
}
