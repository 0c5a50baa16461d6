package dev.orrery.cli.topic;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.JsonOption;
import dev.orrery.contracts.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What there is to read.
@Command(name = "list", description = "List the platform's topics, and how many records lie on each now.")
final class TopicListCommand implements Runnable {

    private static final int PATIENCE_MS = 10_000;

    @Mixin
    private BrokerOption broker;

    @Mixin
    private JsonOption json;

    /// @param records offsets from the first to the end, a transaction's marks among them; of a block, one
    private record Line(String topic, int partitions, long records) {}

    @Override
    public void run() {
        List<Line> lines = lines(broker.address());
        if (json.asked()) {
            json.print(lines);
            return;
        }
        System.out.println("%-36s %10s %12s".formatted("TOPIC", "PARTITIONS", "RECORDS"));
        for (Line line : lines) {
            System.out.println("%-36s %10d %12d".formatted(line.topic(), line.partitions(), line.records()));
        }
    }

    private static List<Line> lines(String bootstrap) {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrap,
                "default.api.timeout.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                PATIENCE_MS))) {
            var there = admin.listTopics().names().get();
            List<String> ours = Arrays.stream(Topic.values())
                    .flatMap(topic -> Stream.of(topic.title(), topic.title() + Topic.DEAD_LETTER_SUFFIX))
                    .filter(there::contains)
                    .toList();
            Map<String, TopicDescription> described =
                    new TreeMap<>(admin.describeTopics(ours).allTopicNames().get());
            Map<String, Long> counts = counts(admin, described);
            return ours.stream()
                    .map(topic ->
                            new Line(topic, described.get(topic).partitions().size(), counts.get(topic)))
                    .toList();
        } catch (ExecutionException e) {
            throw new Failure(
                    "no broker answers at %s: %s"
                            .formatted(bootstrap, e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    private static Map<String, Long> counts(Admin admin, Map<String, TopicDescription> described)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = described.entrySet().stream()
                .flatMap(topic -> topic.getValue().partitions().stream()
                        .map(partition -> new TopicPartition(topic.getKey(), partition.partition())))
                .toList();
        var first = offsets(admin, partitions, OffsetSpec.earliest());
        var end = offsets(admin, partitions, OffsetSpec.latest());
        Map<String, Long> counts = new HashMap<>();
        partitions.forEach(partition -> counts.merge(
                partition.topic(),
                end.get(partition).offset() - first.get(partition).offset(),
                Long::sum));
        return counts;
    }

    private static Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec)))
                .all()
                .get();
    }
}
