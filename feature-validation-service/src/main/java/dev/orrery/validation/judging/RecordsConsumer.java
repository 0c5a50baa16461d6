package dev.orrery.validation.judging;

import dev.orrery.contracts.Topic;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.validation.Instance;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.loop.Polled;
import dev.orrery.validation.loop.RecordLoops;
import dev.orrery.validation.loop.Work;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Judges ingested rows, exactly once: blocks of verdicts, forwarded ends, dead letters, the counts so far and the
/// offsets are one Kafka transaction. An instance that has lost its partitions is fenced by the group's
/// metadata.
@Singleton
class RecordsConsumer implements Work {

    static final String GROUP = "validation-judging";

    private static final int MOST_BYTES = 1 << 20;

    /// Beside an offset whose tallies are in the book.
    private static final String IN_BOOK = "book";

    /// What a transaction brings in one partition.
    private record Step(
            TopicPartition partition, long first, long next, Tallies before, Tallies after, boolean inBook) {}

    private final RecordLoops loops;
    private final KafkaClients clients;
    private final Instance instance;
    private final PinnedSchemas schemas;
    private final Judge judge;
    private final Batches batches;
    private final VerdictMetrics metrics;
    private final TallyBook book;
    private final Map<TopicPartition, Tallies> tallies = new HashMap<>();
    private final Set<TopicPartition> inBook = new HashSet<>();
    private KafkaProducer<String, byte[]> producer;

    RecordsConsumer(
            RecordLoops loops,
            KafkaClients clients,
            Instance instance,
            PinnedSchemas schemas,
            Batches batches,
            VerdictMetrics metrics,
            TallyBook book) {
        this.loops = loops;
        this.clients = clients;
        this.book = book;
        this.instance = instance;
        this.schemas = schemas;
        this.judge = new Judge(schemas);
        this.batches = batches;
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent event) {
        loops.start(GROUP, Topic.RECORDS_INGESTED, MOST_BYTES, this);
    }

    @Override
    public void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        if (producer == null) {
            producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
            producer.initTransactions();
        }
        consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
            if (committed != null) {
                consumer.seek(partition, committed.offset());
            }
            tallies.put(partition, Tallies.parse(written(partition, committed)));
        });
    }

    private String written(TopicPartition partition, OffsetAndMetadata committed) {
        if (committed == null) {
            return null;
        }
        if (!IN_BOOK.equals(committed.metadata())) {
            return committed.metadata();
        }
        inBook.add(partition);
        return book.read(partition.partition(), committed.offset());
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        tallies.keySet().removeAll(partitions);
    }

    @Override
    public void handle(Consumer<String, byte[]> consumer, List<Polled> polled) {
        schemas.askAgainForUnknown();
        producer.beginTransaction();
        List<Step> steps = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Polled part : polled) {
            TopicPartition partition = part.partition();
            Tallies before = tallies.get(partition);
            Tallies after = before.copy();
            part.records().forEach(record -> judge.judge(record, after, producer::send));
            String metadata = metadata(part, after);
            offsets.put(partition, new OffsetAndMetadata(part.next(), metadata));
            steps.add(new Step(partition, part.first(), part.next(), before, after, IN_BOOK.equals(metadata)));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        steps.forEach(step -> tallies.put(step.partition(), step.after()));
        steps.forEach(this::tidyBook);
        tell(steps);
    }

    private String metadata(Polled part, Tallies tallies) {
        String written = tallies.written();
        if (Tallies.fits(written)) {
            return written;
        }
        book.write(part.partition().partition(), part.next(), written);
        return IN_BOOK;
    }

    /// Closing the producer aborts what it has not committed.
    @Override
    public void reset() {
        tallies.clear();
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
            producer = null;
        }
    }

    /// What was committed is all that counts; what the book says of before is not asked for any more.
    private void tidyBook(Step step) {
        if (step.inBook()) {
            inBook.add(step.partition());
        }
        if (inBook.contains(step.partition())) {
            book.forgetBefore(step.partition().partition(), step.next());
        }
        if (!step.inBook()) {
            inBook.remove(step.partition());
        }
    }

    private void tell(List<Step> steps) {
        List<Batches.Progress> progress = new ArrayList<>();
        for (Step step : steps) {
            for (Tally now : step.after().changedSince(step.before())) {
                Tally then = step.before().of(now.batch());
                schemas.datasetOf(now.batch()).ifPresent(dataset -> metrics.count(dataset, then, now));
                progress.add(new Batches.Progress(
                        now.batch(),
                        step.partition().partition(),
                        step.first(),
                        step.next(),
                        now.received(),
                        now.validated(),
                        now.rejected()));
            }
        }
        batches.progress(progress);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = clients.settings();
        settings.put("transactional.id", GROUP + "-" + instance.id());
        // Should this instance never come back, its open transaction holds readers up no longer than this.
        settings.put("transaction.timeout.ms", 30_000);
        // A transaction that follows at once may find the one before still closing. Then the broker asks to try again:
        // soon, and without a second request overtaking the first.
        settings.put("retry.backoff.ms", 10);
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("linger.ms", 5);
        // As large as most blocks, so that they go where others have been before and take no memory of their own.
        settings.put("batch.size", 256 << 10);
        settings.put("buffer.memory", 6 << 20);
        settings.put("compression.type", "lz4");
        return settings;
    }
}
