package dev.orrery.cli.bench;

import dev.orrery.cli.Story;
import dev.orrery.cli.platform.Folders;
import dev.orrery.cli.platform.Home;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder for what a benchmark makes, its platform's state included. All of it is gone afterwards, also after Ctrl-C.
public final class Scratch implements AutoCloseable {

    private final Path folder = Files.createTempDirectory("orrery-bench-");
    private final Thread interruption = new Thread(this::clear);
    private final Story story;
    private final boolean owner;

    /// @param owner whether the platform in it is to be stopped
    Scratch(Story story, boolean owner) throws IOException {
        this.story = story;
        this.owner = owner;
        Runtime.getRuntime().addShutdownHook(interruption);
    }

    Home home() {
        return new Home(folder.resolve("home"));
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(interruption);
        clear();
    }

    private void clear() {
        try {
            if (owner) {
                Platform.running(home()).ifPresent(platform -> platform.stop(story.out()));
            }
            Folders.delete(folder);
        } catch (IOException e) {
            story.tell("Left %s behind: %s", folder, e.getMessage());
        }
    }
}
