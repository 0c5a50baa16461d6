package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// What only this platform knows, made once and kept where only its owner can read it.
record Secrets(String administrator, String password, String subjectKey) {

    private static final int BYTES = 32;

    static Secrets of(Home home) {
        return new Secrets(
                load(home.secrets(), "postgres-administrator"),
                load(home.secrets(), "postgres-orrery"),
                load(home.secrets(), "subject-key"));
    }

    private static String load(Path folder, String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.notExists(file)) {
                write(folder, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Failure("cannot read the secret %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    private static void write(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(secret) + "\n");
    }
}
