package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.platform.Checkup.Finding;
import dev.orrery.cli.platform.Checkup.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    @TempDir
    private Path folder;

    @Test
    void a_jdk_whose_default_collector_is_not_sound_is_warned_of_with_the_reason() {
        Finding finding = Machine.jdk(Runtime.Version.parse("25.0.2+10"), "/opt/jdk");

        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.detail()).contains("25.0.2", "/opt/jdk", "JDK-8377811", "G1");
    }

    @Test
    void an_older_jdk_will_not_do_and_a_sound_one_will() {
        assertThat(Machine.jdk(Runtime.Version.parse("21.0.1"), "/opt/jdk").verdict())
                .isEqualTo(Verdict.BAD);
        assertThat(Machine.jdk(Runtime.Version.parse("25.0.3+9-LTS"), "/opt/jdk")
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(Machine.jdk(Runtime.Version.parse("26"), "/opt/jdk").verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void a_folder_that_can_be_written_is_fine_and_nothing_is_left_in_it() {
        Finding finding = new Machine(new Home(folder.resolve("not/yet/there"))).writing();

        assertThat(finding.verdict()).isEqualTo(Verdict.OK);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_that_cannot_be_written_is_bad_with_the_way_out() throws IOException {
        // Not even root writes below a file.
        Path file = Files.createFile(folder.resolve("file"));

        Finding finding = new Machine(new Home(file.resolve("home"))).writing();

        assertThat(finding.verdict()).isEqualTo(Verdict.BAD);
        assertThat(finding.detail()).contains(file.toString(), "not a directory", "--home DIR");
    }
}
