package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What an image build calls: from each program a folder that can be copied into an image as it is, with its start-up
/// cache and the flags that it was recorded with. A cache only comes from a run, so a scratch platform is started here
/// as the local one does it.
@Command(name = "bake", hidden = true, description = "Lay out every program as an image holds it.")
final class BakeCommand implements Runnable {

    /// Where an image has its program.
    private static final String IN_IMAGE = "/app/";

    private final Rehearsal rehearsal;

    @Parameters(paramLabel = "DIR")
    private Path target;

    BakeCommand(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public void run() {
        Distribution distribution = Distribution.plain(Project.here(), target.toAbsolutePath());
        try (Recording recording = new Recording(distribution, rehearsal, _ -> {}, System.out::println)) {
            Arrays.stream(Part.values()).forEach(distribution::install);
            recording.run(List.of(Part.values()));
            for (Part part : Part.services().toList()) {
                lay(distribution.install(part), StartupCache.APP, part.title());
            }
            lay(distribution.install(Part.KAFKA), Distribution.COMMAND_LINE, Distribution.COMMAND_LINE);
        } catch (IOException e) {
            throw new Failure("cannot lay out the programs in %s: %s".formatted(target, Reason.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void lay(Path program, String use, String name) throws IOException {
        List<String> flags = new ArrayList<>(Jvm.flags(name));
        Path cache = StartupCache.of(program, use, Jvm.flags(name)).file();
        if (Files.exists(cache)) {
            Files.move(cache, program.resolve("app.aot"), StandardCopyOption.REPLACE_EXISTING);
            flags.add("-XX:AOTCache=" + IN_IMAGE + "app.aot");
        } else {
            System.out.println(name + " starts without a cache");
        }
        Files.write(program.resolve("jvm.options"), flags);
    }
}
