package dev.orrery.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// Every topic of the platform, with its retention. Brokers do not create topics on their own; the platform creates
/// exactly these. How many partitions the topics of rows have is the installation's choice: who needs to know asks the
/// broker.
public enum Topic {
    /// Key: use case. A numbered revision of a whole use-case file.
    USE_CASES("orrery.use-cases.v1", null, false),
    /// Key: dataset. The active schema.
    SCHEMAS("orrery.schemas.v1", null, false),
    /// Key: the entity of a block's first row. Rows as received, and a batch's end in each partition.
    RECORDS_INGESTED("orrery.records.ingested.v2", Duration.ofDays(7), true),
    /// Key: as above. Typed rows, and a batch's end in each partition.
    RECORDS_VALIDATED("orrery.records.validated.v2", Duration.ofDays(7), true),
    /// Key: as above. Rows that broke their schema, with every reason.
    RECORDS_REJECTED("orrery.records.rejected.v2", Duration.ofDays(30), true),
    /// Key: batch. What became of a batch.
    BATCHES("orrery.batches.v1", Duration.ofDays(30), false),
    /// Key: dataset. A new dataset version exists.
    DATASET_VERSIONS("orrery.dataset-versions.v1", Duration.ofDays(365), false),
    /// Key: model. Somebody wants a model trained.
    TRAINING_REQUESTS("orrery.training-requests.v1", Duration.ofDays(30), false),
    /// Key: model/version. The version's full state.
    MODEL_VERSIONS("orrery.model-versions.v1", null, false),
    /// Key: endpoint. What should run there.
    DEPLOYMENTS("orrery.deployments.v1", null, false),
    /// Key: instance. Predictions.
    PREDICTIONS("orrery.predictions.v2", Duration.ofDays(30), true),
    /// Key: endpoint/version. One closed monitoring window.
    EVALUATIONS("orrery.evaluations.v1", Duration.ofDays(365), false),
    /// Key: alert. Opened, escalated, resolved.
    ALERTS("orrery.alerts.v1", Duration.ofDays(365), false);

    /// How many partitions a topic of rows has unless another number is asked for.
    public static final int DEFAULT_PARTITIONS = 4;

    /// Suffix of the topic that takes what a consumer could not read or judge at all.
    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private final String title;
    private final Duration retention;
    private final boolean ofRows;

    Topic(String title, Duration retention, boolean ofRows) {
        this.title = title;
        this.retention = retention;
        this.ofRows = ofRows;
    }

    /// The name on the broker.
    public String title() {
        return title;
    }

    /// Whether it carries rows or predictions, and is spread over as many partitions as the installation has chosen.
    /// Every other topic has one.
    public boolean isOfRows() {
        return ofRows;
    }

    /// Only the newest record of each key is kept, for ever.
    public boolean compacted() {
        return retention == null;
    }

    /// All topics as an admin client creates them, each followed by its dead-letter topic.
    ///
    /// @param partitions of each topic of rows
    public static Stream<NewTopic> all(int partitions, short replication) {
        return Arrays.stream(values())
                .flatMap(topic -> Stream.of(topic.settings(partitions, replication), topic.deadLetters(replication)));
    }

    private NewTopic settings(int partitions, short replication) {
        Map<String, String> retained = compacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()));
        return new NewTopic(title, ofRows ? partitions : 1, replication).configs(retained);
    }

    private NewTopic deadLetters(short replication) {
        return new NewTopic(title + DEAD_LETTER_SUFFIX, 1, replication)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(DEAD_LETTER_RETENTION.toMillis())));
    }
}
