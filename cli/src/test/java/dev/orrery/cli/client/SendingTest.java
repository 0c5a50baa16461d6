package dev.orrery.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.SendCounts.RowFailure;
import dev.orrery.cli.client.StubService.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingTest {

    @TempDir
    private Path folder;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private String label;

    @Test
    void every_row_is_answered_once_in_its_order_and_the_answers_are_counted() throws IOException {
        SendCounts counts = send(rows(250, row -> "C%d,%d".formatted(row, row)), null, SendingTest::answer);

        assertThat(counts.rows()).isEqualTo(250);
        assertThat(counts.yes()).isEqualTo(125);
        assertThat(counts.no()).isEqualTo(125);
        assertThat(counts.failed()).isZero();
        assertThat(bodies).hasSize(3).allMatch(body -> body.startsWith("id,age\n"));
        assertThat(bodies.stream().flatMap(SendingTest::rowsOf))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 250)
                        .mapToObj(row -> "C%d,%d".formatted(row, row))
                        .toList());
    }

    @Test
    void a_row_that_is_refused_takes_no_other_with_it_and_is_named_by_its_line_in_the_file() throws IOException {
        SendCounts counts = send(
                rows(150, row -> row == 120 ? "C120,old" : "C%d,%d".formatted(row, row)),
                null,
                body -> body.contains("old")
                        ? Reply.problem(400, "Line 21, column 'age': found 'old', expected a number.")
                        : answer(body));

        assertThat(counts.yes() + counts.no()).isEqualTo(149);
        assertThat(counts.failures())
                .containsExactly(new RowFailure(121, "column 'age': found 'old', expected a number."));
    }

    @Test
    void a_file_of_which_nothing_can_be_answered_is_given_up_early() throws IOException {
        Path file = rows(5000, row -> "C%d,%d".formatted(row, row));

        assertThatThrownBy(() -> send(file, null, _ -> Reply.problem(400, "The header has no column of the model.")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("none of the first 100 rows could be answered")
                .hasMessageContaining("The header has no column of the model.");
        assertThat(bodies).hasSizeLessThan(250);
    }

    @Test
    void an_endpoint_that_is_not_there_is_told_in_the_services_words() throws IOException {
        Path file = rows(3, row -> "C%d,%d".formatted(row, row));

        assertThatThrownBy(() -> send(file, null, _ -> Reply.problem(404, "There is no endpoint 'churn'.")))
                .isInstanceOf(ServiceProblem.class)
                .hasMessage("There is no endpoint 'churn'.");
    }

    @Test
    void a_service_that_has_too_much_to_do_is_asked_again() throws IOException {
        AtomicInteger asked = new AtomicInteger();

        SendCounts counts = send(
                rows(10, row -> "C%d,%d".formatted(row, row)),
                null,
                body -> asked.incrementAndGet() < 3 ? Reply.problem(503, "Too much is asked at once.") : answer(body));

        assertThat(counts.sent()).isEqualTo(10);
        assertThat(counts.failed()).isZero();
        assertThat(asked).hasValue(3);
    }

    @Test
    void a_rate_spreads_the_rows_evenly() throws IOException {
        SendCounts counts = send(rows(40, row -> "C%d,%d".formatted(row, row)), 100.0, SendingTest::answer);

        assertThat(bodies).hasSize(4);
        assertThat(counts.seconds()).isBetween(0.29, 5.0);
    }

    @Test
    void at_a_rate_an_answer_that_is_late_holds_up_no_request_behind_it() throws IOException {
        CountDownLatch allSent = new CountDownLatch(4);

        SendCounts counts = send(rows(40, row -> "C%d,%d".formatted(row, row)), 100.0, body -> {
            allSent.countDown();
            if (allSent.getCount() < 3) {
                awaitUninterruptibly(allSent);
            }
            return answer(body);
        });

        assertThat(counts.sent()).isEqualTo(40);
        assertThat(allSent.getCount()).isZero();
    }

    @Test
    void labels_stay_out_of_the_requests_and_are_written_beside_the_ids() throws IOException {
        label = "age";

        send(rows(3, row -> row == 2 ? "C2," : "C%d,%d".formatted(row, row)), null, SendingTest::answer);

        assertThat(bodies).containsExactly("id\nC1\nC2\nC3\n");
        assertThat(folder.resolve("labels.csv")).hasContent("prediction_id,age\np1,1\np3,3\n");
    }

    @Test
    void a_column_of_labels_that_the_file_does_not_have_is_named() throws IOException {
        label = "churned";
        Path file = rows(3, row -> "C%d,%d".formatted(row, row));

        assertThatThrownBy(() -> send(file, null, SendingTest::answer))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("churned")
                .hasMessageContaining("id, age");
    }

    @Test
    void quotes_line_feeds_and_a_byte_order_mark_arrive_as_they_were_meant() throws IOException {
        Path file = Files.writeString(
                folder.resolve("quoted.csv"), "\uFEFFid,age\r\n\"C,1\",1\r\n\r\n\"C\n\"\"2\"\"\",2\r\n");

        SendCounts counts = send(file, null, SendingTest::answer);

        assertThat(counts.rows()).isEqualTo(2);
        assertThat(bodies).containsExactly("id,age\n\"C,1\",1\n\"C\n\"\"2\"\"\",2\n");
    }

    @Test
    void what_is_no_table_is_refused_before_anything_is_sent() throws IOException {
        assertRefused("a,b\n1,2\n1\n", "line 3: 1 fields, and the header has 2");
        assertRefused("", "is empty");
        assertRefused("a,b\n\"1,2\n", "is not CSV");
        Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {'a', '\n', (byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> CsvTable.of(binary).count()).hasMessageContaining("is not UTF-8 text");
        assertThatThrownBy(() -> CsvTable.of(folder.resolve("none.csv"))).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> CsvTable.of(folder)).hasMessageContaining("it is a folder");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("refused.csv"), text);
        assertThatThrownBy(() -> CsvTable.of(file).count())
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }

    private SendCounts send(Path file, Double rate, Function<String, Reply> replies) {
        try (StubService stub = StubService.replying((_, body) -> {
            bodies.add(body);
            return replies.apply(body);
        })) {
            CsvTable table = CsvTable.of(file);
            Story story = new Story(new PrintStream(PrintStream.nullOutputStream()), Terminal.none());
            try (Labels labels = Labels.of(label, table, folder.resolve("labels.csv"))) {
                Sending sending =
                        new Sending(stub.services().inference(), "churn", table, new Pace(rate), labels, story);
                sending.send(table.count());
                return sending.counts();
            }
        }
    }

    private Path rows(int count, Function<Integer, String> row) throws IOException {
        return Files.writeString(
                folder.resolve("rows.csv"),
                "id,age\n"
                        + IntStream.rangeClosed(1, count).mapToObj(row::apply).collect(Collectors.joining("\n")));
    }

    /// Every second row is answered with yes.
    private static Reply answer(String body) {
        String predictions = IntStream.rangeClosed(1, (int) rowsOf(body).count())
                .mapToObj(row -> "{\"id\": \"p%d\", \"score\": 0.5, \"decision\": %b}".formatted(row, row % 2 == 0))
                .collect(Collectors.joining(","));
        return new Reply(200, "{\"model\": \"churn\", \"version\": 2, \"predictions\": [%s]}".formatted(predictions));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream<String> rowsOf(String body) {
        return body.lines().skip(1);
    }
}
