package dev.orrery.embedded;

import dev.orrery.contracts.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the platform's topics where they are missing. Topics that exist stay as they are.
public final class PlatformTopics {

    private PlatformTopics() {}

    /// @return the names of the topics that were created
    public static List<String> create(String bootstrap, short replication) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            List<NewTopic> wanted = Topic.all(replication).toList();
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(wanted).values();
            return wanted.stream()
                    .map(NewTopic::name)
                    .filter(name -> isNew(name, answers.get(name)))
                    .toList();
        }
    }

    private static boolean isNew(String topic, KafkaFuture<Void> answer) {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new IllegalStateException(
                    "cannot create topic %s: %s".formatted(topic, e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }
}
