package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;

/// What has to be closed when the process is asked to end, whatever it is doing at that moment.
final class Cleanup {

    private AutoCloseable current = () -> {};
    private boolean ending;

    /// From now on this is what an interruption closes.
    synchronized <T extends AutoCloseable> T begin(T work) {
        if (ending) {
            close(work);
            throw new Failure("interrupted");
        }
        current = work;
        return work;
    }

    /// Closes what is under way; nothing can begin any more.
    synchronized void end() {
        ending = true;
        close(current);
        current = () -> {};
    }

    private static void close(AutoCloseable work) {
        try {
            work.close();
        } catch (Exception e) {
            throw new Failure("cannot clean up: " + e.getMessage(), e);
        }
    }
}
