package dev.orrery.training.job;

import dev.orrery.training.data.UnfitData;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Why a training failed, as the person who asked for it is told.
final class Reasons {

    private Reasons() {}

    /// What our own code throws says enough; of anything else only the log says more.
    static String of(Exception e) {
        boolean ours = e instanceof UnfitData
                || e instanceof IllegalStateException
                || e instanceof IllegalArgumentException
                || e instanceof IOException
                || e instanceof UncheckedIOException;
        return ours && e.getMessage() != null
                ? e.getMessage()
                : "the trainer failed in a way that nobody foresaw; the service's log has it under " + name(e);
    }

    static String of(Error e) {
        return switch (e) {
            case OutOfMemoryError _ ->
                "the process ran out of memory: train on fewer rows or columns, or give model-training-service more";
            case StackOverflowError _ -> "the process ran out of stack";
            default -> "the process broke down; the service's log has it under " + name(e);
        };
    }

    private static String name(Throwable e) {
        return e.getClass().getSimpleName();
    }
}
