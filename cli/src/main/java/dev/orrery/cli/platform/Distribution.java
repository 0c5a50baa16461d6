package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Built programs, each in a folder named after its content. A platform runs from there and not from the build's
/// folders, so that the next build (or a test run) does not pull the jars from under it.
final class Distribution {

    /// The folder of the command line itself, which holds the broker too.
    static final String COMMAND_LINE = "cli";

    private static final int NAME_LENGTH = 12;

    /// A program's folder, what belongs to it (after a dot), a copy under way, a scratch platform.
    private static final Pattern DISPOSABLE =
            Pattern.compile("[a-z-]+-[0-9a-f]{%d}(\\..*)?|(new|recording)-.*".formatted(NAME_LENGTH));

    private static final String CURRENT = "current";

    /// A library above this size is known by its name, which has its version, and its size.
    private static final long SMALL = 1 << 20;

    /// Somebody may be about to use it.
    private static final Duration NEW = Duration.ofHours(1);

    private final Project project;
    private final Path folder;
    private final boolean plain;
    private final Map<String, Path> installed = new ConcurrentHashMap<>();

    Distribution(Project project) {
        this(project, project.folder().resolve(".orrery").resolve("dist"), false);
    }

    private Distribution(Project project, Path folder, boolean plain) {
        this.project = project;
        this.folder = folder;
        this.plain = plain;
    }

    /// One elsewhere, of this build alone, so that each program's folder has the program's plain name.
    static Distribution plain(Project project, Path folder) {
        return new Distribution(project, folder, true);
    }

    Path folder() {
        return folder;
    }

    /// Where the program of a part lies; copied from the build's output when it is not there yet.
    Path install(Part part) {
        return part.isService()
                ? install(part.title(), project.folder().resolve(part.title()).resolve("target/quarkus-app"))
                : install(COMMAND_LINE, project.folder().resolve("cli/target/app"));
    }

    /// Where a program that is no part lies.
    ///
    /// @param module the folder of its module
    Path install(Path module) {
        return install(
                module.getFileName().toString(),
                project.folder().resolve(module).resolve("target/app"));
    }

    /// Once: what has been built in the meantime is for the next start.
    private Path install(String name, Path built) {
        return installed.computeIfAbsent(name, _ -> installNow(name, built));
    }

    private Path installNow(String name, Path built) {
        try {
            if (!Files.isDirectory(built)) {
                throw new Failure("%s is not built: there is no %s. Build it with: ./mvnw -Dquick package"
                        .formatted(name, built));
            }
            Path program = folder.resolve(plain ? name : name + "-" + digest(built));
            if (Files.notExists(program)) {
                copy(built, program);
            }
            return program;
        } catch (IOException e) {
            throw new Failure("cannot install %s from %s: %s".formatted(name, built, Reason.of(e)), e);
        }
    }

    private void copy(Path built, Path installed) throws IOException {
        Files.createDirectories(folder);
        SharedLibraries libraries = SharedLibraries.in(folder, SMALL);
        Path draft = Files.createTempDirectory(folder, "new-");
        for (Path file : files(built)) {
            Path target = draft.resolve(built.relativize(file));
            Files.createDirectories(target.getParent());
            libraries.place(file, target);
        }
        Files.move(draft, installed, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Deletes programs, their caches and unfinished copies that have not been made lately, are not in use, and are
    /// named neither by a running process nor as what the entry script starts. Whatever else lies there, as the
    /// script's own marks, stays: without its mark the next command would build everything again.
    void prune(List<Path> inUse) throws IOException {
        List<String> commands = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
        String current = current();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Distribution::isDisposable).toList()) {
                boolean used = isNew(entry)
                        || current.contains(programOf(entry))
                        || inUse.stream().anyMatch(path -> belongsTo(entry, path))
                        || commands.stream().anyMatch(command -> command.contains(programOf(entry)));
                if (!used) {
                    Folders.delete(entry);
                }
            }
        }
    }

    private static boolean isDisposable(Path entry) {
        return DISPOSABLE.matcher(entry.getFileName().toString()).matches();
    }

    /// Which program the entry script starts, which need not be of the newest build.
    private String current() throws IOException {
        Path file = folder.resolve(CURRENT);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /// Tells the entry script what to start: the command line's program and its start-up cache.
    void nameCurrent(Path program, Path cache) throws IOException {
        Files.writeString(folder.resolve(CURRENT), "%s\n%s\n".formatted(program, cache));
    }

    private static boolean isNew(Path entry) throws IOException {
        return Files.getLastModifiedTime(entry)
                .toInstant()
                .isAfter(Instant.now().minus(NEW));
    }

    private static boolean belongsTo(Path entry, Path program) {
        return programOf(entry).equals(program.toString());
    }

    /// A cache or an unpacked archive has its program's path, then a dot and something.
    private static String programOf(Path entry) {
        String name = entry.getFileName().toString();
        int dot = name.indexOf('.');
        return entry.resolveSibling(dot < 0 ? name : name.substring(0, dot)).toString();
    }

    private static List<Path> files(Path built) throws IOException {
        try (Stream<Path> files = Files.walk(built)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// What Quarkus generates follows from the rest and differs from build to build, so it does not count.
    private static String digest(Path built) throws IOException {
        Digest digest = new Digest();
        for (Path file : files(built)) {
            Path name = built.relativize(file);
            if (!name.startsWith("quarkus")) {
                digest.add("%s %d".formatted(name, Files.size(file)).getBytes(StandardCharsets.UTF_8));
                if (!name.startsWith("lib") || Files.size(file) < SMALL) {
                    digest.add(Files.readAllBytes(file));
                }
            }
        }
        return digest.hex().substring(0, NAME_LENGTH);
    }
}
