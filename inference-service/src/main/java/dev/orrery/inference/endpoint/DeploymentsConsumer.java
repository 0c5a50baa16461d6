package dev.orrery.inference.endpoint;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UnreadableEvent;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Hears what should run. Every instance reads the whole compacted topic from its beginning, in no group, and keeps no
/// position.
///
/// It uses Kafka's own client: a messaging channel makes its client while the service starts, and a broker whose name
/// does not resolve then (a container that is not there yet) ends the start. Here it is tried again behind the
/// answers.
@Startup
@Singleton
class DeploymentsConsumer {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, Topic.DEPLOYMENTS.partitions())
            .mapToObj(partition -> new TopicPartition(Topic.DEPLOYMENTS.title(), partition))
            .toList();

    private final Rollouts rollouts;
    private final Map<String, Object> config;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile KafkaConsumer<String, byte[]> consumer;

    DeploymentsConsumer(Rollouts rollouts, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.rollouts = rollouts;
        config = new HashMap<>(kafka);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    @PostConstruct
    void start() {
        Thread.ofPlatform().name("deployments").daemon().start(this::run);
    }

    @PreDestroy
    void stop() {
        stopping.countDown();
        KafkaConsumer<String, byte[]> listening = consumer;
        if (listening != null) {
            listening.wakeup();
        }
    }

    private void run() {
        try {
            do {
                listen();
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (var listening = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer = listening;
            listening.assign(PARTITIONS);
            listening.seekToBeginning(PARTITIONS);
            while (stopping.getCount() > 0) {
                listening.poll(POLL).forEach(this::hear);
            }
        } catch (WakeupException _) {
            Log.debug("Deployments are not listened to any more");
        } catch (KafkaException e) {
            Log.warnf("Deployments cannot be read now; tried again in %s: %s", PAUSE, e.getMessage());
        }
    }

    /// What is no deployment is left where it is: each instance would dead-letter it again with every start.
    private void hear(ConsumerRecord<String, byte[]> record) {
        try {
            if (EventCodec.decode(record) instanceof DeploymentChanged deployment) {
                Names.require("endpoint", deployment.endpoint());
                rollouts.want(deployment);
            }
        } catch (UnreadableEvent | IllegalArgumentException e) {
            Log.errorf(e, "Record %d of %s is passed over: %s", record.offset(), record.topic(), e.getMessage());
        }
    }
}
