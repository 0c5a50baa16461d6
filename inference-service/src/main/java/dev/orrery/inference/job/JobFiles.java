package dev.orrery.inference.job;

import dev.orrery.inference.job.Job.Column;
import dev.orrery.inference.job.Job.State;
import dev.orrery.kit.problem.Conflict;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// What a job has written, as files to be fetched.
@Singleton
class JobFiles {

    private static final List<String> ERROR_COLUMNS = List.of("_row", "line", "reason");

    private final JobStore store;

    JobFiles(JobStore store) {
        this.store = store;
    }

    /// The scores.
    ///
    /// @param partial whether those that are there will do
    /// @throws Conflict when the job is not done, and partial ones will not do or are no file yet
    StreamingOutput output(Job job, boolean partial) {
        if (job.state() == State.DONE && job.output() == Job.Form.PARQUET) {
            return out -> Files.copy(store.parquet(job), out);
        }
        if (job.state() != State.DONE && (!partial || job.output() == Job.Form.PARQUET)) {
            throw new Conflict("Job %s is %s after %d of %d rows, and its output is whole only when it is done.%s"
                    .formatted(
                            job.id(),
                            job.state().name().toLowerCase(Locale.ROOT),
                            job.progress().rows(),
                            job.source().rows(),
                            job.output() == Job.Form.CSV ? " ?partial=true gives what there is." : ""));
        }
        return parts(job, job.columns().stream().map(Column::name).toList(), part -> store.output(job, part));
    }

    /// The rows that were not scored, each with the reason, as far as the job is.
    StreamingOutput errors(Job job) {
        return parts(job, ERROR_COLUMNS, part -> store.errors(job, part));
    }

    private static StreamingOutput parts(Job job, List<String> columns, IntFunction<Path> part) {
        return out -> write(job.progress().parts(), columns, part, out);
    }

    private static void write(int parts, List<String> columns, IntFunction<Path> part, OutputStream out)
            throws IOException {
        out.write(Part.header(columns));
        for (int number = 1; number <= parts; number++) {
            Files.copy(part.apply(number), out);
        }
    }
}
