package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoryTest {

    private static final String SENTENCE =
            "They are exactly the 44 rows that were broken on purpose, for exactly the 52 planted reasons, and no other.";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long now;

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void a_sentence_keeps_to_the_terminals_width_and_no_word_is_broken(int width) {
        Story story = story(new Terminal(true, width));

        story.heading(3, "Predict for customers of a world that has changed and will change again");
        story.tell("%s", SENTENCE);
        story.item("%s", SENTENCE);

        assertThat(lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        assertThat(String.join(" ", lines()).replaceAll("\\s+", " ")).contains(SENTENCE + " " + SENTENCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 40, 80, 200})
    void progress_is_drawn_in_one_line_however_narrow_the_terminal(int width) {
        Story story = story(new Terminal(true, width));

        for (int done = 0; done <= 7000; done += 100) {
            story.progress("predictions seen by monitoring", done, 7000);
        }
        story.tell("Done.");

        assertThat(text().split("\n")).hasSize(1);
        assertThat(text().split("\r\033\\[2K"))
                .allSatisfy(drawn -> assertThat(drawn.strip().length()).isLessThan(width));
        assertThat(text()).endsWith("   Done.\n");
    }

    @Test
    void a_pipe_hears_of_progress_every_few_seconds_and_not_more_often() {
        Story story = story(Terminal.none());

        for (int done = 0; done < 120; done++) {
            now += Duration.ofMillis(100).toNanos();
            story.progress("rows judged", done, 120);
        }

        assertThat(lines()).containsExactly("   … 49 of 120 rows judged", "   … 99 of 120 rows judged");
    }

    @Test
    void what_is_waited_for_is_said_once_it_was_quiet_for_a_while() {
        Story story = story(Terminal.none());

        story.waiting("the moon");
        now += Duration.ofSeconds(6).toNanos();
        story.waiting("the moon");
        story.waiting("the moon");

        assertThat(lines()).containsExactly("   … waiting for the moon");
    }

    private Story story(Terminal terminal) {
        return new Story(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private List<String> lines() {
        return text().lines().toList();
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
