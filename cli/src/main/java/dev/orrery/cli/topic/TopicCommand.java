package dev.orrery.cli.topic;

import picocli.CommandLine.Command;

/// What lies on Kafka, made and looked at.
@Command(
        name = "topic",
        description = "What the services tell each other: create the topics.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TopicCreateCommand.class})
public final class TopicCommand {}
