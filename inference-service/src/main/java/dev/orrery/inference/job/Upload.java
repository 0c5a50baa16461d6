package dev.orrery.inference.job;

import dev.orrery.contracts.Sha256;
import dev.orrery.kit.problem.Invalid;
import jakarta.ws.rs.WebApplicationException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A body that was written to disk as it came.
///
/// @param digest SHA-256, hexadecimal
record Upload(long bytes, String digest) {

    private static final int BUFFER = 1 << 16;
    private static final int INSUFFICIENT_STORAGE = 507;

    /// Returns once it is safe on the disk.
    ///
    /// @throws WebApplicationException 413 as soon as it is longer than is allowed, 507 when the disk is full
    static Upload receive(InputStream body, Path file, JobLimits limits) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                bytes += read;
                limits.requireAllowed(bytes);
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
            out.getFD().sync();
        } catch (IOException e) {
            if (Files.getFileStore(file.getParent()).getUsableSpace() < BUFFER) {
                throw new WebApplicationException(
                        "There is no room left on this service's disk; nothing of the file was kept. Send it again once"
                                + " its operator has made room.",
                        INSUFFICIENT_STORAGE);
            }
            throw e;
        }
        return new Upload(bytes, Sha256.hex(digest.digest()));
    }

    /// What goes wrong here is the sender's or the network's; what goes wrong in writing is ours.
    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new Invalid("The upload broke off before its end; send the file again.");
        }
    }
}
