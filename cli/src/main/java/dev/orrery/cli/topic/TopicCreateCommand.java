package dev.orrery.cli.topic;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.JsonOption;
import dev.orrery.cli.platform.PartitionsOption;
import dev.orrery.embedded.PlatformTopics;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Create the platform's topics on a broker; those that exist stay as they are.")
final class TopicCreateCommand implements Runnable {

    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT",
            required = true,
            description = "The broker's address.")
    private String bootstrap;

    @Option(names = "--replication", paramLabel = "N", defaultValue = "1", description = "Copies of each topic.")
    private short replication;

    @Mixin
    private PartitionsOption partitions;

    @Mixin
    private JsonOption json;

    /// What was asked for, and what of it was not there yet.
    private record Topics(String bootstrap, List<String> created) {}

    @Override
    public void run() {
        Topics topics = new Topics(bootstrap, create());
        if (json.asked()) {
            json.print(topics);
            return;
        }
        topics.created().forEach(topic -> System.out.println("created " + topic));
        System.out.println("%d topics created on %s".formatted(topics.created().size(), bootstrap));
    }

    private List<String> create() {
        try {
            return PlatformTopics.create(bootstrap, partitions.asked(), replication);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage(), e);
        }
    }
}
