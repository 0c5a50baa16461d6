package dev.orrery.inference.job;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.job.Job.Progress;
import dev.orrery.inference.job.SourceRows.Some;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.Question;
import dev.orrery.kit.problem.Invalid;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A job under way, from where it is to its end, part by part.
final class JobRun {

    /// Where a reader saw the fault: among the rows that it was given, not in the file.
    private static final Pattern PLACE = Pattern.compile("^(Line|Row|row) \\d+(, |: | )");

    private static final double NANOS_PER_SECOND = 1e9;

    private final JobStore store;
    private final Predictions predictions;
    private final JobLimits limits;
    private final Serving serving;
    private final SourceRows source;
    private final BooleanSupplier stopped;
    private final Pace pace;
    private Job job;

    JobRun(
            Job job,
            JobStore store,
            Predictions predictions,
            JobLimits limits,
            Serving serving,
            SourceRows source,
            BooleanSupplier stopped) {
        this.job = job;
        this.store = store;
        this.predictions = predictions;
        this.limits = limits;
        this.serving = serving;
        this.source = source;
        this.stopped = stopped;
        pace = new Pace(limits.share());
    }

    /// Goes on until the source is at its end or somebody stops it.
    ///
    /// @param keep makes the job durable after each part; false when it was stopped meanwhile
    /// @return whether the source is at its end
    /// @throws Invalid when the source cannot be read on, or there is no room
    boolean run(Predicate<Job> keep) throws IOException {
        long before = System.nanoTime();
        skip(job.progress().rows());
        while (!stopped.getAsBoolean()) {
            Part part = part();
            boolean last = part.rows() < limits.partRows();
            if (stopped.getAsBoolean() && last) {
                return false;
            }
            long after = System.nanoTime();
            if (part.rows() > 0 && !isKept(part, (after - before) / NANOS_PER_SECOND, keep)) {
                return false;
            }
            before = after;
            if (last) {
                return true;
            }
        }
        return false;
    }

    private boolean isKept(Part part, double seconds, Predicate<Job> keep) throws IOException {
        limits.requireRoom(store);
        Progress now = job.progress();
        store.keep(job, now.parts() + 1, part);
        job = job.gotOn(new Progress(
                now.rows() + part.rows(),
                now.rejected() + part.rejections(),
                now.parts() + 1,
                now.seconds() + seconds));
        return keep.test(job);
    }

    /// Rows that were dealt with before are passed over.
    private void skip(long rows) {
        for (long left = rows; left > 0 && !stopped.getAsBoolean(); ) {
            left -= source.next((int) Math.min(left, limits.rowsAtOnce())).size();
            pace.rest();
        }
    }

    /// The next part: shorter than others at the end of the source, and where somebody stops the job.
    private Part part() {
        Part part = new Part();
        while (part.rows() < limits.partRows() && !stopped.getAsBoolean()) {
            Some some = source.next(Math.min(limits.rowsAtOnce(), limits.partRows() - part.rows()));
            if (some.size() == 0) {
                break;
            }
            score(some, 0, some.size(), job.progress().rows() + part.rows() + 1, part);
            pace.rest();
        }
        return part;
    }

    /// A row that is refused takes no other with it: its half is asked again without it.
    ///
    /// @param number of the first row
    private void score(Some some, int from, int to, long number, Part part) {
        try {
            Question question = some.question(from, to);
            Answer answer = answer(question);
            for (int row = 0; row < answer.size(); row++) {
                if (isWhole(answer, row)) {
                    String key = question.keys().get(row);
                    part.scored(OutputColumns.line(number + row, key, answer, row, job.log()));
                } else {
                    part.rejected(number + row, some.line(from + row), "the model has no answer for it");
                }
            }
        } catch (Invalid | IllegalStateException e) {
            if (to - from == 1) {
                part.rejected(
                        number, some.line(from), PLACE.matcher(e.getMessage()).replaceFirst(""));
            } else {
                int middle = from + (to - from) / 2;
                score(some, from, middle, number, part);
                score(some, middle, to, number + middle - from, part);
            }
        }
    }

    private Answer answer(Question question) {
        return job.log() ? predictions.ask(serving, question) : predictions.unrecorded(serving, question);
    }

    private static boolean isWhole(Answer answer, int row) {
        for (float[] output : answer.answers()) {
            if (!Float.isFinite(output[row])) {
                return false;
            }
        }
        return true;
    }
}
