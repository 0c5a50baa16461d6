package dev.orrery.cli.platform;

import java.io.IOException;

/// How one kind of part is started, asked and stopped. When to do so is the worker's business.
interface Engine {

    /// Starts the part. May take a while; the part need not be ready when it returns.
    ProcessHandle launch() throws IOException;

    /// Whether the part does its work now.
    boolean isReady();

    /// Whether the part, which has been ready, is still alive. May take a while.
    default Health.Answer vital() {
        return Health.Answer.WELL;
    }

    /// Ends a part that is not alive any more though its process is. May take a while.
    default void putDown(ProcessHandle process) {
        process.destroyForcibly();
    }

    /// Asks the part to finish what it is doing and stop.
    void askToStop(ProcessHandle process);

    /// How the part that was launched last came to its end, in words.
    String epitaph();
}
