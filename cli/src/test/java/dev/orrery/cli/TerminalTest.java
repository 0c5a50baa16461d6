package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

    private final Terminal narrow = new Terminal(true, 30);

    @Test
    void a_sentence_breaks_between_words_and_keeps_its_indent() {
        assertThat(narrow.wrap("   The platform stays up until somebody stops it."))
                .isEqualTo("   The platform stays up until\n   somebody stops it.");
    }

    @Test
    void further_lines_hang_deeper_where_asked() {
        assertThat(narrow.wrap("1. The platform stays up until somebody stops it.", 3))
                .isEqualTo("1. The platform stays up until\n   somebody stops it.");
    }

    @Test
    void each_paragraph_is_wrapped_by_itself() {
        assertThat(narrow.wrap("short\n  also short")).isEqualTo("short\n  also short");
    }

    @Test
    void a_command_to_paste_stays_in_one_line() {
        assertThat(narrow.wrap("It has died six times; ./orrery logs inference-service --lines 500"))
                .isEqualTo("It has died six times;\n./orrery logs inference-service --lines 500");
        assertThat(narrow.wrap("Start it again (./orrery restart kafka) and look at it"))
                .isEqualTo("Start it again\n(./orrery restart kafka) and\nlook at it");
    }

    @Test
    void a_word_longer_than_a_line_stays_whole() {
        assertThat(narrow.wrap("see /a/folder/with/a/rather/long/name/in/it now"))
                .isEqualTo("see\n/a/folder/with/a/rather/long/name/in/it\nnow");
    }

    @Test
    void a_line_that_is_drawn_in_place_never_reaches_the_edge() {
        assertThat(narrow.fit("x".repeat(29))).hasSize(29);
        assertThat(narrow.fit("x".repeat(30))).hasSize(29).endsWith("x…");
    }

    @Test
    void nothing_is_broken_for_a_pipe() {
        assertThat(Terminal.none().wrap("word ".repeat(100))).doesNotContain("\n");
    }
}
