package dev.orrery.validation.loop;

import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.batch.Failures;
import dev.orrery.validation.loop.Polled.Share;
import io.quarkus.logging.Log;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Gives a work what was polled, without the records of failed batches, and finds out which batch it is that kills the
/// process. That one fails; its records are passed by, and everything else goes on.
final class Trials {

    /// What this process has begun in a partition and not got beyond.
    private record Begun(long position, boolean alone) {}

    private final String name;
    private final Work work;
    private final Attempts attempts;
    private final Failures failures;
    private final KafkaClients clients;
    private final Map<TopicPartition, Begun> begun = new HashMap<>();

    Trials(String name, Work work, Attempts attempts, Failures failures, KafkaClients clients) {
        this.name = name;
        this.work = work;
        this.attempts = attempts;
        this.failures = failures;
        this.clients = clients;
    }

    void handle(Consumer<String, byte[]> consumer, List<Polled> all) {
        try {
            attempt(consumer, all);
        } catch (Error e) {
            // The process dies of it: nothing of what was begun has been survived.
            begun.clear();
            throw e;
        }
    }

    private void attempt(Consumer<String, byte[]> consumer, List<Polled> all) {
        List<Polled> inCompany = new ArrayList<>();
        List<Polled> suspects = new ArrayList<>();
        for (Polled polled : withoutFailed(all)) {
            (isSuspect(polled) ? suspects : inCompany).add(polled);
        }
        if (!inCompany.isEmpty()) {
            locked(false, () -> work.handle(consumer, inCompany));
        }
        for (Polled polled : suspects) {
            locked(true, () -> alone(consumer, polled));
        }
    }

    /// The process lives on, so what was begun has not killed it.
    void survived(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Begun last = begun.get(partition);
            if (last != null) {
                attempts.survived(what(partition), last.position(), last.alone());
                begun.remove(partition);
            }
        }
    }

    void survived() {
        survived(Set.copyOf(begun.keySet()));
    }

    private void alone(Consumer<String, byte[]> consumer, Polled polled) {
        work.settle();
        for (Share share : polled.shares()) {
            boolean given = !failures.recent().contains(String.valueOf(share.batch())) && mayTryAlone(share.polled());
            if (!given) {
                giveUp(share);
            }
            work.handle(
                    consumer, List.of(given ? share.polled() : share.polled().nothing()));
            work.settle();
        }
    }

    private boolean isSuspect(Polled polled) {
        TopicPartition partition = polled.partition();
        long position = work.durable(polled);
        Begun last = begun.get(partition);
        boolean again = last != null && last.position() == position;
        begun.put(partition, again ? last : new Begun(position, false));
        return attempts.isSuspect(what(partition), position, polled.next(), again);
    }

    private boolean mayTryAlone(Polled polled) {
        TopicPartition partition = polled.partition();
        long position = work.durable(polled);
        boolean again = new Begun(position, true).equals(begun.put(partition, new Begun(position, true)));
        return attempts.mayTryAlone(what(partition), position, again);
    }

    private void giveUp(Share share) {
        Log.errorf("%s gives batch %s up: %s", name, share.batch(), Attempts.GIVEN_UP);
        if (share.batch() == null || !Batch.isId(share.batch())) {
            share.polled().records().forEach(record -> clients.publish(DeadLetters.of(record, Attempts.GIVEN_UP)));
            return;
        }
        String dataset = BatchOf.dataset(share.polled().records().getFirst());
        failures.fail(share.batch(), dataset == null ? "unknown" : dataset, Attempts.GIVEN_UP + ", in " + name);
    }

    private List<Polled> withoutFailed(List<Polled> all) {
        Set<String> failed = failures.recent();
        return failed.isEmpty()
                ? all
                : all.stream()
                        .map(polled -> polled.only(record -> !failed.contains(String.valueOf(BatchOf.record(record)))))
                        .toList();
    }

    private void locked(boolean alone, Runnable action) {
        Lock lock = attempts.lock(alone);
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private String what(TopicPartition partition) {
        return name + "/" + partition.partition();
    }
}
