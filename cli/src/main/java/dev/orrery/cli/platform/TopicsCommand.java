package dev.orrery.cli.platform;

import dev.orrery.embedded.PlatformTopics;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "topics", description = "Create the platform's topics on a broker; those that exist stay as they are.")
final class TopicsCommand implements Runnable {

    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT",
            required = true,
            description = "The broker's address.")
    private String bootstrap;

    @Option(names = "--replication", paramLabel = "N", defaultValue = "1", description = "Copies of each topic.")
    private short replication;

    @Mixin
    private JsonOption json;

    /// What was asked for, and what of it was not there yet.
    private record Topics(String bootstrap, List<String> created) {}

    @Override
    public void run() {
        Topics topics = new Topics(bootstrap, PlatformTopics.create(bootstrap, replication));
        if (json.asked()) {
            json.print(topics);
            return;
        }
        topics.created().forEach(topic -> System.out.println("created " + topic));
        System.out.println("%d topics created on %s".formatted(topics.created().size(), bootstrap));
    }
}
