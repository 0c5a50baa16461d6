package dev.orrery.cli.platform;

import java.io.IOException;

/// A part that does nothing, as a real process: what supervision is about, without what it supervises.
final class Sleeper implements Engine, AutoCloseable {

    Process process;
    boolean ready;
    boolean broken;
    String epitaph = "killed by the test";
    int launches;
    Health.Answer vital = Health.Answer.WELL;

    @Override
    public ProcessHandle launch() throws IOException {
        launches++;
        if (broken) {
            throw new IOException("no such program");
        }
        process = new ProcessBuilder("sleep", "600").start();
        return process.toHandle();
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public Health.Answer vital() {
        return vital;
    }

    @Override
    public void askToStop(ProcessHandle handle) {
        handle.destroy();
    }

    @Override
    public String epitaph() {
        return epitaph;
    }

    void die() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            die();
        }
    }
}
