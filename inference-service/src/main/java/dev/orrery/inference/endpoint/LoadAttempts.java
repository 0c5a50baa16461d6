package dev.orrery.inference.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Sets models aside that end the process when they are loaded: each load is on record before it begins, and what is
/// still on record at the next start was being loaded when the process ended. Such a model is loaded alone, so that it
/// takes no innocent one with it, and after three such ends not at all.
final class LoadAttempts {

    static final int MOST = 3;

    private final Path folder;
    /// How often the process ended in earlier lives while it loaded a model, by the model's digest.
    private final Map<String, Integer> ends = new ConcurrentHashMap<>();
    /// How many endpoints load a model just now, by its digest: several may share it.
    private final Map<String, Integer> underWay = new HashMap<>();
    /// Held by each load; by a suspect alone.
    private final ReadWriteLock turn = new ReentrantReadWriteLock();

    LoadAttempts(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (Stream<Path> records = Files.list(folder)) {
            for (Path record : records.toList()) {
                String text = Files.readString(record, StandardCharsets.UTF_8);
                // Empty: the process ended between making the file and writing it.
                ends.put(record.getFileName().toString(), text.isEmpty() ? 1 : Integer.parseInt(text));
            }
        }
    }

    /// Loads, unless that has ended the process too often.
    ///
    /// @param digest the model's
    /// @throws Refused when it has
    /// @throws IOException when the attempt cannot be put on record
    <T> T guard(String digest, Supplier<T> load) throws IOException {
        int before = ends.getOrDefault(digest, 0);
        if (before >= MOST) {
            throw new Refused("loading its model ended the process %d times; it is set aside, deploy another version"
                    .formatted(before));
        }
        Lock lock = before == 0 ? turn.readLock() : turn.writeLock();
        lock.lock();
        try {
            begin(digest, before);
            T loaded = load.get();
            end(digest);
            return loaded;
        } catch (RuntimeException | LinkageError e) {
            // It went wrong, and the process is still there.
            end(digest);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what was last tried before a time: the machine or the runtime may be another by now.
    ///
    /// @return how many models
    int forget(Instant before) throws IOException {
        int forgotten = 0;
        try (Stream<Path> records = Files.list(folder)) {
            for (Path record : records.toList()) {
                if (Files.getLastModifiedTime(record).toInstant().isBefore(before)) {
                    ends.remove(record.getFileName().toString());
                    forgotten += Files.deleteIfExists(record) ? 1 : 0;
                }
            }
        }
        return forgotten;
    }

    /// The record need not outlive a power failure, only the process.
    private synchronized void begin(String digest, int before) throws IOException {
        Files.writeString(folder.resolve(digest), String.valueOf(before + 1), StandardCharsets.UTF_8);
        underWay.merge(digest, 1, Integer::sum);
    }

    private synchronized void end(String digest) throws IOException {
        ends.remove(digest);
        if (underWay.merge(digest, -1, Integer::sum) == 0) {
            underWay.remove(digest);
            Files.deleteIfExists(folder.resolve(digest));
        }
    }
}
