package dev.orrery.inference.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.inference.StateFolder;
import dev.orrery.kit.file.DurableFiles;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Jobs on disk, a folder for each: the job itself, its input, and its parts of output and errors. A folder is there
/// whole or not at all. What the job's file counts lies in parts; a part that it does not count is written again.
@Singleton
class JobStore {

    private static final String JOB = "job.json";
    private static final String INPUT = "input";
    private static final String PARQUET = "output.parquet";

    private final Path jobs;
    private final Path arriving;

    @Inject
    JobStore(StateFolder state) throws IOException {
        this(state.path().resolve("jobs"));
    }

    JobStore(Path folder) throws IOException {
        jobs = Files.createDirectories(folder.resolve("kept"));
        arriving = folder.resolve("arriving");
        delete(arriving);
        Files.createDirectories(arriving);
    }

    /// A new folder for what has not become a job yet.
    Path draft() throws IOException {
        return Files.createTempDirectory(arriving, "");
    }

    /// Where an upload is written in a draft.
    static Path input(Path draft) {
        return draft.resolve(INPUT);
    }

    /// Makes a draft a job.
    void take(Path draft, Job job) throws IOException {
        Files.createDirectory(draft.resolve("output"));
        Files.createDirectory(draft.resolve("errors"));
        DurableFiles.write(draft.resolve(JOB), Json.bytes(job));
        Files.move(draft, folder(job), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolder(jobs);
    }

    void giveUp(Path draft) {
        try {
            delete(draft);
        } catch (IOException e) {
            Log.warnf(e, "%s stays until the next start", draft);
        }
    }

    void keep(Job job) throws IOException {
        DurableFiles.write(folder(job).resolve(JOB), Json.bytes(job));
    }

    /// Writes a part, which becomes one with the job that counts it.
    void keep(Job job, int number, Part part) throws IOException {
        DurableFiles.write(output(job, number), part.output());
        DurableFiles.write(errors(job, number), part.errors());
    }

    Path input(Job job) {
        return folder(job).resolve(INPUT);
    }

    Path output(Job job, int number) {
        return folder(job).resolve("output").resolve("%06d.csv".formatted(number));
    }

    Path errors(Job job, int number) {
        return folder(job).resolve("errors").resolve("%06d.csv".formatted(number));
    }

    /// The one file of a job whose output is Parquet.
    Path parquet(Job job) {
        return folder(job).resolve(PARQUET);
    }

    Path folder(Job job) {
        return jobs.resolve(job.id());
    }

    /// All that were kept.
    List<Job> all() throws IOException {
        List<Job> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(jobs)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                try {
                    all.add(Json.MAPPER.readValue(folder.resolve(JOB).toFile(), Job.class));
                } catch (JsonProcessingException e) {
                    Log.errorf("%s is left aside: it is no job (%s)", folder, e.getOriginalMessage());
                }
            }
        }
        return all;
    }

    /// Removes a job with all its files.
    void remove(Job job) throws IOException {
        Path gone = arriving.resolve(job.id());
        Files.move(folder(job), gone, StandardCopyOption.ATOMIC_MOVE);
        delete(gone);
    }

    /// Removes what a job that is over does not need any more.
    void discardInput(Job job) throws IOException {
        Files.deleteIfExists(input(job));
    }

    void discardOutputParts(Job job) throws IOException {
        for (int part = 1; part <= job.progress().parts(); part++) {
            Files.deleteIfExists(output(job, part));
        }
    }

    /// What all jobs take of the disk, in bytes.
    long bytes() throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(jobs.getParent(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                bytes[0] += facts.size();
                return FileVisitResult.CONTINUE;
            }

            /// What has gone meanwhile takes nothing.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
