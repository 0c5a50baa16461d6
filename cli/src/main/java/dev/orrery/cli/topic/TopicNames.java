package dev.orrery.cli.topic;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a person names a topic: in full (`orrery.records.ingested.v2`) or short (`records.ingested`). A dead-letter
/// topic
/// has `.dlq` behind either.
final class TopicNames {

    private TopicNames() {}

    /// The name on the broker.
    ///
    /// @throws Failure with the nearest name when there is no such topic
    static String resolve(String name) {
        boolean dead = name.endsWith(Topic.DEAD_LETTER_SUFFIX);
        String plain = dead ? name.substring(0, name.length() - Topic.DEAD_LETTER_SUFFIX.length()) : name;
        return Arrays.stream(Topic.values())
                        .filter(topic ->
                                topic.title().equals(plain) || shortName(topic).equals(plain))
                        .findFirst()
                        .orElseThrow(() -> unknown(name, plain))
                        .title()
                + (dead ? Topic.DEAD_LETTER_SUFFIX : "");
    }

    /// The name without what all topics share, and without its version.
    static String shortName(Topic topic) {
        String title = topic.title();
        return title.substring(title.indexOf('.') + 1, title.lastIndexOf('.'));
    }

    private static Failure unknown(String name, String plain) {
        List<String> known = Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(shortName(topic), topic.title()))
                .toList();
        return new Failure("there is no topic '%s'.%s\n  There are %s; each with %s for its dead letters."
                .formatted(
                        name,
                        Names.suggestion(plain, known),
                        Arrays.stream(Topic.values()).map(TopicNames::shortName).collect(Collectors.joining(", ")),
                        Topic.DEAD_LETTER_SUFFIX));
    }
}
