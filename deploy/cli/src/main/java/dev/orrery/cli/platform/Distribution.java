package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Built programs, each in a folder named after its content. A platform runs from there and not from the build's
/// folders, so that the next build (or a test run) does not pull the jars from under it.
final class Distribution {

    private static final int NAME_LENGTH = 12;

    private final Path folder;

    Distribution(Project project) {
        folder = project.folder().resolve(".orrery").resolve("dist");
    }

    /// Where the program of a part lies; copied from the build's output when it is not there yet.
    Path install(Project project, Part part) {
        return part.isService()
                ? install(part.title(), project.folder().resolve(part.title()).resolve("target/quarkus-app"))
                : install("cli", project.folder().resolve("deploy/cli/target/app"));
    }

    private Path install(String name, Path built) {
        try {
            if (!Files.isDirectory(built)) {
                throw new Failure("%s is not built: there is no %s. Build it with: ./mvnw -Dquick package"
                        .formatted(name, built));
            }
            Path installed = folder.resolve(name + "-" + digest(built).substring(0, NAME_LENGTH));
            if (Files.notExists(installed)) {
                copy(built, installed);
            }
            return installed;
        } catch (IOException e) {
            throw new Failure("cannot install %s from %s: %s".formatted(name, built, e.getMessage()), e);
        }
    }

    private void copy(Path built, Path installed) throws IOException {
        Files.createDirectories(folder);
        Path draft = Files.createTempDirectory(folder, "new-");
        for (Path file : files(built)) {
            Path target = draft.resolve(built.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        Files.move(draft, installed, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<Path> files(Path built) throws IOException {
        try (Stream<Path> files = Files.walk(built)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String digest(Path built) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files(built)) {
            digest.update(built.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
