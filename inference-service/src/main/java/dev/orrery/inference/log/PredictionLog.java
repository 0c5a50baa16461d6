package dev.orrery.inference.log;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.StateFolder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Tells the platform of every prediction, behind the answers: from memory to disk at once, and from there to Kafka
/// when Kafka takes it. So a broker that is gone costs nobody an answer, a process that dies loses what the last few
/// milliseconds brought, and what is dropped, because memory or disk is full, is counted.
@Startup
@Singleton
public class PredictionLog {

    private static final String SERVICE = "inference-service";
    private static final int CHUNK = 500;
    private static final long IDLE_MILLIS = 100;

    private record Entry(int size, Supplier<Stream<PredictionMade>> events) {}

    private final InferenceConfig.PredictionLogConfig config;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    /// A permit for each prediction that memory may still take.
    private final Semaphore room;
    private final Spool spool;
    private final PredictionPublisher publisher;
    private final Counter dropped;
    private final Thread writer =
            Thread.ofPlatform().name("prediction-log").daemon().unstarted(this::run);
    private final List<byte[]> chunk = new ArrayList<>(CHUNK);
    private volatile boolean stopping;
    private boolean losing;
    private long forced;

    PredictionLog(
            InferenceConfig config,
            StateFolder state,
            MeterRegistry meters,
            @Identifier("default-kafka-broker") Map<String, Object> kafka)
            throws IOException {
        this.config = config.predictionLog();
        room = new Semaphore(this.config.queue());
        spool = Spool.open(
                state.path().resolve("predictions"), this.config.spool().asLongValue());
        dropped = Counter.builder("orrery.prediction.log.dropped")
                .description("Predictions that were made and never told")
                .register(meters);
        Gauge.builder("orrery.prediction.log.pending", this, PredictionLog::pending)
                .description("Predictions that Kafka has not taken yet")
                .register(meters);
        publisher = new PredictionPublisher(spool, kafka, this.config.patience(), dropped::increment);
    }

    @PostConstruct
    void start() {
        writer.start();
        publisher.start();
    }

    /// Takes note of predictions; their events are made later, on another thread. Never fails. An event loop never
    /// waits here; a virtual thread, which carries a large request, waits a little where memory is full, because a
    /// few such requests fill it faster than any disk could empty it.
    public void record(int size, Supplier<Stream<PredictionMade>> events) {
        if (!stopping && admitted(size)) {
            queue.add(new Entry(size, events));
        } else {
            dropped.increment(size);
        }
    }

    private boolean admitted(int size) {
        try {
            return Thread.currentThread().isVirtual()
                    ? room.tryAcquire(size, config.patience().toMillis(), TimeUnit.MILLISECONDS)
                    : room.tryAcquire(size);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Predictions that Kafka has not taken yet.
    long pending() {
        return queued() + spool.pending();
    }

    private int queued() {
        return config.queue() - room.availablePermits();
    }

    /// What was answered is on disk or at the broker before the process ends.
    @PreDestroy
    void stop() throws IOException, InterruptedException {
        stopping = true;
        writer.join();
        // What came in between the last look and now.
        dropped.increment(queued());
        publisher.stop(config.patience());
        spool.close();
    }

    private void run() {
        while (!stopping || !queue.isEmpty()) {
            try {
                Entry entry = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    take(entry);
                }
                if (queue.isEmpty() || chunk.size() >= CHUNK) {
                    write();
                }
                force();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | IOException e) {
                lost(chunk.size(), e);
                chunk.clear();
            }
        }
    }

    private void take(Entry entry) throws IOException {
        int taken = 0;
        try {
            for (PredictionMade event :
                    (Iterable<PredictionMade>) entry.events().get()::iterator) {
                chunk.add(RecordBytes.write(EventCodec.encode(SERVICE, event)));
                taken++;
                if (chunk.size() >= CHUNK) {
                    write();
                }
            }
        } finally {
            room.release(entry.size());
            dropped.increment(entry.size() - taken);
        }
    }

    private void write() throws IOException {
        int fitting = spool.append(chunk);
        if (fitting < chunk.size()) {
            lost(chunk.size() - fitting, new IOException("the spool is full"));
        } else if (fitting > 0) {
            losing = false;
        }
        chunk.clear();
    }

    /// Only while Kafka takes nothing: what it takes within the second need not be forced to this disk, too.
    private void force() throws IOException {
        long now = System.nanoTime();
        if (!publisher.reachable() && now - forced > config.syncEvery().toNanos() && spool.pending() > 0) {
            forced = now;
            spool.force();
        }
    }

    private void lost(int count, Exception why) {
        dropped.increment(count);
        if (!losing) {
            losing = true;
            Log.error("Predictions are lost from here on, counted in orrery_prediction_log_dropped_total", why);
        }
    }
}
