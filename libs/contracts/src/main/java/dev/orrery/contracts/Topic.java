package dev.orrery.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// Every topic of the platform, with its partitions and retention. Brokers do not create topics on their own;
/// the platform creates exactly these.
public enum Topic {
    /// Key: use case. A numbered revision of a whole use-case file.
    USE_CASES("orrery.use-cases.v1", 1, null),
    /// Key: dataset. The active schema.
    SCHEMAS("orrery.schemas.v1", 1, null),
    /// Key: the entity of a block's first row. Rows as received, and a batch's end in each partition.
    RECORDS_INGESTED("orrery.records.ingested.v2", 4, Duration.ofDays(7)),
    /// Key: as above. Typed rows, and a batch's end in each partition.
    RECORDS_VALIDATED("orrery.records.validated.v2", 4, Duration.ofDays(7)),
    /// Key: as above. Rows that broke their schema, with every reason.
    RECORDS_REJECTED("orrery.records.rejected.v2", 4, Duration.ofDays(30)),
    /// Key: batch. What became of a batch.
    BATCHES("orrery.batches.v1", 1, Duration.ofDays(30)),
    /// Key: dataset. A new dataset version exists.
    DATASET_VERSIONS("orrery.dataset-versions.v1", 1, Duration.ofDays(365)),
    /// Key: model. Somebody wants a model trained.
    TRAINING_REQUESTS("orrery.training-requests.v1", 1, Duration.ofDays(30)),
    /// Key: model/version. The version's full state.
    MODEL_VERSIONS("orrery.model-versions.v1", 1, null),
    /// Key: endpoint. What should run there.
    DEPLOYMENTS("orrery.deployments.v1", 1, null),
    /// Key: instance. Predictions.
    PREDICTIONS("orrery.predictions.v2", 4, Duration.ofDays(30)),
    /// Key: endpoint/version. One closed monitoring window.
    EVALUATIONS("orrery.evaluations.v1", 1, Duration.ofDays(365)),
    /// Key: alert. Opened, escalated, resolved.
    ALERTS("orrery.alerts.v1", 1, Duration.ofDays(365));

    /// Suffix of the topic that takes what a consumer could not read or judge at all.
    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private final String title;
    private final int partitions;
    private final Duration retention;

    Topic(String title, int partitions, Duration retention) {
        this.title = title;
        this.partitions = partitions;
        this.retention = retention;
    }

    /// The name on the broker.
    public String title() {
        return title;
    }

    public int partitions() {
        return partitions;
    }

    /// Only the newest record of each key is kept, for ever.
    public boolean compacted() {
        return retention == null;
    }

    /// All topics as an admin client creates them, each followed by its dead-letter topic.
    public static Stream<NewTopic> all(short replication) {
        return Arrays.stream(values())
                .flatMap(topic -> Stream.of(topic.settings(replication), topic.deadLetters(replication)));
    }

    private NewTopic settings(short replication) {
        Map<String, String> retained = compacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()));
        return new NewTopic(title, partitions, replication).configs(retained);
    }

    private NewTopic deadLetters(short replication) {
        return new NewTopic(title + DEAD_LETTER_SUFFIX, 1, replication)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(DEAD_LETTER_RETENTION.toMillis())));
    }
}
