package dev.orrery.cli.platform;

import dev.orrery.embedded.PlatformTopics;
import java.util.List;
import picocli.CommandLine.Command;
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

    @Override
    public void run() {
        List<String> created = PlatformTopics.create(bootstrap, replication);
        created.forEach(topic -> System.out.println("created " + topic));
        System.out.println("%d topics created on %s".formatted(created.size(), bootstrap));
    }
}
