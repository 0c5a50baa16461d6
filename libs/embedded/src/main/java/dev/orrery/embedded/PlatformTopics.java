package dev.orrery.embedded;

import dev.orrery.contracts.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the platform's topics where they are missing. Topics that exist stay as they are, and so does the number of
/// partitions of all topics of rows: with another one, an entity's rows would go to another partition than before and
/// overtake each other, and the end markers of open batches would not be where readers look for them.
public final class PlatformTopics {

    private PlatformTopics() {}

    /// @param asked the partitions of each topic of rows; where none is asked for, as many as there are
    /// @return the names of the topics that were created
    /// @throws IllegalArgumentException when there are topics with another number of partitions than asked for
    public static List<String> create(String bootstrap, OptionalInt asked, short replication) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            OptionalInt there = partitions(admin);
            requireSame(asked, there);
            int partitions = asked.orElse(there.orElse(Topic.DEFAULT_PARTITIONS));
            List<NewTopic> wanted = Topic.all(partitions, replication).toList();
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(wanted).values();
            return wanted.stream()
                    .map(NewTopic::name)
                    .filter(name -> isNew(name, answers.get(name)))
                    .toList();
        }
    }

    /// Tells before a broker is started what [#create] would say.
    ///
    /// @param data the folder of a broker, new or not
    /// @throws IllegalArgumentException when it holds topics with another number of partitions than asked for
    public static void requireSame(OptionalInt asked, Path data) throws IOException {
        if (asked.isEmpty() || !Files.isDirectory(data)) {
            return;
        }
        try (Stream<Path> folders = Files.list(data)) {
            int there = (int) folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("\\Q%s\\E-\\d+".formatted(Topic.RECORDS_INGESTED.title())))
                    .count();
            requireSame(asked, there == 0 ? OptionalInt.empty() : OptionalInt.of(there));
        }
    }

    private static void requireSame(OptionalInt asked, OptionalInt there) {
        if (asked.isPresent() && there.isPresent() && asked.getAsInt() != there.getAsInt()) {
            throw new IllegalArgumentException(
                    "the topics of rows have %d partitions, and keep them: with %d, the rows of one entity would overtake each other"
                            .formatted(there.getAsInt(), asked.getAsInt()));
        }
    }

    private static OptionalInt partitions(Admin admin) {
        var names = answer(admin.listTopics().names(), "list the topics");
        List<String> ofRows = Arrays.stream(Topic.values())
                .filter(Topic::isOfRows)
                .map(Topic::title)
                .filter(names::contains)
                .toList();
        Map<String, TopicDescription> described =
                answer(admin.describeTopics(ofRows).allTopicNames(), "describe the topics");
        return described.values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .max();
    }

    private static boolean isNew(String topic, KafkaFuture<Void> created) {
        try {
            answer(created, "create topic " + topic);
            return true;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T answer(KafkaFuture<T> future, String what) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot %s: %s".formatted(what, e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: cannot " + what, e);
        }
    }
}
