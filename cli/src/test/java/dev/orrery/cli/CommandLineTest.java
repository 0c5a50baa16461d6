package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

    private static final String SAMPLE = "../samples/churn/use-case.yaml";

    @TempDir
    private Path folder;

    @Test
    void a_demo_of_ones_own_needs_both_the_use_case_and_the_data() {
        assertFails("--data", "demo", "--use-case", SAMPLE);
        assertFails("--use-case", "demo", "--data", "customers.csv");
    }

    @Test
    void a_demo_does_not_start_a_platform_for_files_that_are_not_there() {
        assertFails("there is no such file", demo(folder.resolve("none.yaml").toString(), "customers.csv"));
        assertFails(
                "there is no such file", demo(SAMPLE, folder.resolve("none.csv").toString()));
        assertFails("not a readable file", demo(SAMPLE, folder.toString()));

        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void applying_without_a_platform_says_how_to_start_one() {
        assertFails("orrery up", "apply", "--home", folder.resolve("home").toString(), SAMPLE);
    }

    @Test
    void sending_needs_an_endpoint_a_table_and_a_platform() throws IOException {
        Path table = Files.writeString(folder.resolve("table.csv"), "a,b\n1,2\n");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "a,b\n");
        String home = folder.resolve("home").toString();

        assertFails("--endpoint", "send", table.toString());
        assertFails("--rate 0", "send", table.toString(), "--endpoint", "e", "--rate", "0");
        assertFails("has a header and no rows", "send", empty.toString(), "--endpoint", "e");
        assertFails("./orrery up", "send", "--home", home, table.toString(), "--endpoint", "e");
    }

    @Test
    void scoring_needs_rows_a_place_for_the_scores_and_a_platform() throws IOException {
        Path table = Files.writeString(folder.resolve("table.csv"), "a,b\n1,2\n");
        String home = folder.resolve("home").toString();

        assertFails("--out", "score", table.toString(), "--endpoint", "e");
        assertFails("say what to score", "score", "--endpoint", "e", "--out", "s.csv");
        assertFails("./orrery up", "score", "--home", home, table.toString(), "--endpoint", "e", "--out", "s.csv");
    }

    @Test
    void a_platform_elsewhere_is_asked_and_never_stopped() {
        assertFails("not ours to stop", "demo", "--at", "http://localhost", "--exit");
        assertFails("'http://localhost:8081/x' is not a host", "apply", "--at", "http://localhost:8081/x", SAMPLE);
    }

    @Test
    void what_is_shown_as_an_example_fits_a_narrow_terminal_and_can_be_pasted() {
        for (String command : List.of("demo", "apply", "send", "score", "simulate")) {
            String help = Orrery.commandLine().getSubcommands().get(command).getUsageMessage();

            assertThat(help.lines().filter(line -> line.startsWith("  ./orrery " + command)))
                    .isNotEmpty()
                    .allMatch(line -> line.length() < 80);
        }
    }

    @Test
    void the_same_simulation_twice_gives_the_same_bytes_and_the_list_of_what_is_broken() throws IOException {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");

        String[] arguments = {"simulate", "--seed", "7", "--rows", "50", "--broken", "5", "--shift", "age=+3", "--out"};
        assertThat(run(append(arguments, one.toString())).code()).isZero();
        assertThat(run(append(arguments, two.toString())).code()).isZero();

        assertThat(one).hasSameBinaryContentAs(two);
        assertThat(one.toFile()).content().hasLineCount(51);
        assertThat(Files.readAllLines(folder.resolve("planted.csv")))
                .hasSizeGreaterThan(5)
                .first()
                .isEqualTo("row,column,check");
    }

    @Test
    void a_simulation_that_makes_no_sense_is_refused() {
        assertFails("--broken 4: of 3 rows", "simulate", "--rows", "3", "--broken", "4", "--out", "x");
        assertFails("--rows -5: a file has at least one row", "simulate", "--rows", "-5");
        assertFails("--out FILE", "simulate", "--rows", "3", "--broken", "1");
        assertFails("Did you mean 'age'?", "simulate", "--shift", "agee=+1");
        assertFails("--seed", "simulate", "--seed", "seven");
    }

    @Test
    void a_file_that_cannot_be_written_is_named_with_the_reason() {
        Path nowhere = folder.resolve("no/customers.csv");

        assertFails(
                "cannot write %s: there is no folder %s".formatted(nowhere, nowhere.getParent()),
                "simulate",
                "--rows",
                "3",
                "--out",
                nowhere.toString());
        assertFails("cannot write %s: it is a folder".formatted(folder), "simulate", "--out", folder.toString());
        assertFails("No space left on device", "simulate", "--out", "/dev/full");
    }

    @Test
    void a_change_that_cannot_be_made_touches_no_file() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.csv"), "worth keeping");

        assertFails(
                "contract=new:forever:0.5", "simulate", "--shift", "contract=forever:0.5", "--out", kept.toString());

        assertThat(kept).hasContent("worth keeping");
    }

    private record Outcome(int code, String errors) {}

    private String[] demo(String useCase, String data) {
        return new String[] {"demo", "--home", folder.resolve("home").toString(), "--use-case", useCase, "--data", data
        };
    }

    private static void assertFails(String message, String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.errors()).contains(message);
    }

    private static Outcome run(String... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine orrery = Orrery.commandLine().setErr(new PrintWriter(errors, true));
        return new Outcome(orrery.execute(arguments), errors.toString());
    }

    private static String[] append(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }
}
