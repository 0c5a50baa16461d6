package dev.orrery.validation.quarantine;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.dataset.Committer;
import dev.orrery.validation.loop.Polled;
import dev.orrery.validation.loop.RecordLoops;
import dev.orrery.validation.loop.Work;
import dev.orrery.validation.quarantine.Rejections.Told;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Puts rejected rows into quarantine, a poll at a time. A repeat changes nothing, so it is enough to commit the
/// offsets afterwards.
@Singleton
class RejectionsConsumer implements Work {

    static final String GROUP = "validation-quarantine";

    /// A thousand rows or two for one statement: they take ten times as much of the heap.
    private static final int MOST_BYTES = 256 << 10;

    private final RecordLoops loops;
    private final Rejections rejections;
    private final KafkaClients clients;
    private final Committer committer;

    RejectionsConsumer(RecordLoops loops, Rejections rejections, KafkaClients clients, Committer committer) {
        this.loops = loops;
        this.rejections = rejections;
        this.clients = clients;
        this.committer = committer;
    }

    void onStart(@Observes StartupEvent event) {
        loops.start(GROUP, Topic.RECORDS_REJECTED, MOST_BYTES, this);
    }

    @Override
    public void handle(Consumer<String, byte[]> consumer, List<Polled> polled) {
        List<Told> blocks = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Polled part : polled) {
            for (ConsumerRecord<String, byte[]> record : part.records()) {
                try {
                    blocks.add(new Told(read(record), record.partition(), record.offset()));
                } catch (UnreadableEvent | IllegalArgumentException e) {
                    clients.publish(DeadLetters.of(record, e.getMessage()));
                }
            }
            offsets.put(part.partition(), new OffsetAndMetadata(part.next()));
        }
        if (!blocks.isEmpty()) {
            rejections.keep(blocks);
        }
        consumer.commitSync(offsets);
        committer.nudge();
    }

    /// @throws IllegalArgumentException when it is an event that the database could not keep
    private static RowsRejected read(ConsumerRecord<String, byte[]> record) {
        if (!(EventCodec.decode(record) instanceof RowsRejected block)) {
            throw new IllegalArgumentException("not a block of rejected rows");
        }
        Names.require("dataset", block.header().dataset());
        if (!Batch.isId(block.header().batch())) {
            throw new IllegalArgumentException("the batch's id is not one");
        }
        return block;
    }
}
