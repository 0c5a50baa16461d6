package dev.orrery.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.ingest.Sender;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.kit.problem.Invalid;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvScanTest {

    private static final String HEADER = "id,note,left\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lines_are_counted_alike_whatever_ends_them(String end) throws IOException {
        String content = "id,note,left\na,\"one\ntwo\",true\n\nb,short\n".replace("\n", end);

        assertThat(refusal(content)).hasMessage("line 5: the row has 2 fields where the header has 3 columns");
    }

    @Test
    void blank_lines_are_no_rows() throws IOException {
        assertThat(rows("\n\n" + HEADER + "\na,x,true\n\n\nb,y,false\n\n")).isEqualTo(2);
    }

    @Test
    void a_blank_line_is_a_row_of_a_file_with_one_column() throws IOException {
        Dataset narrow = new Dataset("narrow", 1, Sender.schema(List.of(), "left"), 7);

        assertThat(CsvScan.rows(write("left\ntrue\n\nfalse\n".getBytes(StandardCharsets.UTF_8)), narrow))
                .isEqualTo(3);
    }

    @Test
    void the_last_line_needs_no_end() throws IOException {
        assertThat(rows(HEADER + "a,x,true\nb,y,")).isEqualTo(2);
    }

    @Test
    void a_space_before_a_quote_is_refused_and_does_not_make_the_quotes_part_of_the_key() throws IOException {
        assertThat(refusal(HEADER + "a,x,true\n \"b\",y,true\n"))
                .hasMessage("line 3: a space stands before the quote of a field; remove it");
        assertThat(rows(HEADER + " a,\" \"\"x\"\" \", true\n")).isEqualTo(1);
    }

    @Test
    void an_unclosed_quote_is_named_where_it_opens_and_not_where_its_row_starts() throws IOException {
        assertThat(refusal(HEADER + "a,x,true\n\"b\nb\",\"never\nclosed,true\nc,z,true\n"))
                .hasMessage("line 4: a quote is opened here and never closed");
    }

    @Test
    void an_unclosed_quote_in_a_huge_file_is_found_without_reading_all_of_it_into_one_field() throws IOException {
        String content = HEADER + "a,\"never\n" + "b,x,true\n".repeat(300_000);

        assertThat(refusal(content))
                .hasMessage("line 2: a field starts here and has more than 1000000 characters; is a quote never"
                        + " closed?");
    }

    @Test
    void text_after_a_closing_quote_is_named_where_its_field_starts() throws IOException {
        assertThat(refusal(HEADER + "\"a\n\na\",\"two\nlines\" and more,true\n"))
                .hasMessageStartingWith("line 4: text after the closing quote of a field that starts here");
    }

    @Test
    void every_ragged_row_is_named_up_to_twenty() throws IOException {
        Invalid refusal = refusal(HEADER + "a,x,true\n" + "b\n".repeat(30) + "c,x,true,more\n");

        assertThat(refusal).hasMessageEndingWith("(and 30 more)");
        assertThat(refusal.errors()).hasSize(20);
        assertThat(refusal.errors().getLast())
                .isEqualTo(new FieldError("line 22", "the row has 1 fields where the header has 3 columns"));
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, 0xE9", "windows-1252, 0xE9"})
    void another_encoding_is_named_with_its_line(String charset, String found) throws IOException {
        byte[] content = (HEADER + "a,\"x\ny\",true\nb,caf\u00e9,true\n").getBytes(Charset.forName(charset));

        assertThat(refusal(content)).hasMessageStartingWith("line 4: byte " + found + " is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16, 'byte 0xFE is not UTF-8'", "UTF-16LE, 'a NUL character'", "UTF-16BE, 'a NUL character'"})
    void utf_16_is_refused_with_and_without_its_mark(String charset, String message) throws IOException {
        assertThat(refusal((HEADER + "a,x,true\n").getBytes(Charset.forName(charset))))
                .hasMessageStartingWith("line 1: " + message);
    }

    @Test
    void a_file_that_breaks_off_within_a_character_is_not_utf_8() throws IOException {
        byte[] whole = (HEADER + "a,x,\u00e9").getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(Arrays.copyOf(whole, whole.length - 1)))
                .hasMessageStartingWith("line 2: byte 0xC3 is not UTF-8");
    }

    @Test
    void characters_of_any_width_survive_every_buffer_border() throws IOException {
        for (int shift = 0; shift < 10; shift++) {
            String first = "x".repeat(shift) + ",\uD83D\uDE00,true\n";

            assertThat(rows(HEADER + first + "\u00e9,\uD83D\uDE00\u20ac,t\n".repeat(20_000)))
                    .isEqualTo(20_001);
        }
    }

    @Test
    void an_empty_file_and_a_header_without_rows_are_refused() throws IOException {
        assertThat(refusal("")).hasMessage("line 1: the file is empty; it must begin with a header");
        assertThat(refusal("\n\n")).hasMessage("line 1: the file is empty; it must begin with a header");
        assertThat(refusal(HEADER)).hasMessage("line 1: the file has a header and no rows");
    }

    @Test
    void a_file_without_a_header_is_told_which_columns_are_wanted() throws IOException {
        assertThat(refusal("7590-VHVEG,Female,false\n"))
                .hasMessageContaining("the first line must be a header that")
                .hasMessageEndingWith("[id, note, left]");
    }

    @Test
    void every_fault_of_a_header_is_named() throws IOException {
        Invalid refusal = refusal("\nid,nota,,id,extra\na,b,c,d,e\n");

        assertThat(refusal.errors())
                .extracting(FieldError::field, FieldError::message)
                .containsExactly(
                        tuple("line 2", "column 'nota' is not in dataset 'notes'. Did you mean 'note'?"),
                        tuple("line 2", "column 3 of the header has no name"),
                        tuple("line 2", "column 'id' is there twice, as column 1 and column 4"),
                        tuple("line 2", "column 'extra' is not in dataset 'notes'."),
                        tuple("line 2", "column 'note' of dataset 'notes' is missing"),
                        tuple("line 2", "column 'left' of dataset 'notes' is missing"));
    }

    @Test
    void a_row_that_no_message_can_carry_is_refused_and_one_that_just_fits_is_not() throws IOException {
        assertThat(refusal(HEADER + "a,x,true\nb," + "\u20ac".repeat(333_000) + ",true\n"))
                .hasMessage("line 3: the row takes more than 1000000 bytes");
        assertThat(refusal(HEADER + "k".repeat(300_000) + ",x,true\n"))
                .hasMessage("line 2: the row takes more than 1000000 bytes");
        assertThat(rows(HEADER + "a," + "x".repeat(990_000) + ",true\n")).isEqualTo(1);
    }

    @Test
    void a_row_of_countless_fields_is_refused_before_it_fills_the_memory() throws IOException {
        assertThat(refusal(HEADER + ",".repeat(5_000_000) + "\n"))
                .hasMessage("line 2: the row has more than 1000000 characters");
    }

    private long rows(String content) throws IOException {
        return CsvScan.rows(write(content.getBytes(StandardCharsets.UTF_8)), notes());
    }

    private Invalid refusal(String content) throws IOException {
        return refusal(content.getBytes(StandardCharsets.UTF_8));
    }

    private Invalid refusal(byte[] content) throws IOException {
        Path file = write(content);
        return catchThrowableOfType(Invalid.class, () -> CsvScan.rows(file, notes()));
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("file.csv"), content);
    }

    private static Dataset notes() {
        return new Dataset("notes", 1, Sender.schema(List.of(), "id", "note", "left"), 7);
    }
}
