package dev.orrery.cli.topic;

import picocli.CommandLine.Command;

/// What lies on Kafka: made, listed and read.
@Command(
        name = "topic",
        description = "What the services tell each other: list the topics, read one, create them on a broker.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TopicListCommand.class, TopicCatCommand.class, TopicCreateCommand.class})
public final class TopicCommand {}
