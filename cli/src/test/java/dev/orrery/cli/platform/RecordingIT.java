package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingIT {

    @TempDir
    private Path folder;

    @Test
    void what_has_no_start_up_cache_is_recorded_once_in_a_scratch_platform_that_leaves_nothing() throws Exception {
        Project project = new Project(Path.of(System.getProperty("orrery.project")));
        Distribution distribution = Distribution.plain(project, folder);
        Path program = distribution.install(Part.KAFKA);

        List<URI> worked = new ArrayList<>();
        List<String> told = record(distribution, address -> worked.add(address.apply(Part.KAFKA)));

        assertThat(StartupCache.commandLine(program).using()).hasSize(1);
        assertThat(StartupCache.of(program, "kafka", Jvm.flags("kafka")).using())
                .hasSize(1);
        assertThat(told).last().asString().endsWith("2 of 2");
        assertThat(folder).isDirectoryNotContaining("glob:**recording-*");
        assertThat(worked).hasSize(1);
        assertThat(record(distribution, _ -> {
                    throw new AssertionError("there is nothing to record");
                }))
                .isEmpty();
    }

    private static List<String> record(Distribution distribution, Rehearsal rehearsal) throws Exception {
        List<String> told = new ArrayList<>();
        try (Recording recording = new Recording(distribution, rehearsal, _ -> {}, told::add)) {
            recording.run(List.of(Part.POSTGRES, Part.KAFKA));
        }
        return told;
    }
}
