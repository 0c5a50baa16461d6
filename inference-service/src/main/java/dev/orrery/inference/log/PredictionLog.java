package dev.orrery.inference.log;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.StateFolder;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.ProcessEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
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
    private static final Duration IDLE = Duration.ofMillis(100);

    private record Entry(int size, Supplier<Stream<PredictionMade>> events) {}

    private final InferenceConfig.PredictionLogConfig config;
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    /// A permit for each prediction that memory may still take.
    private final Semaphore room;
    private final Spool spool;
    private final PredictionPublisher publisher;
    private final Counter dropped;
    private final BackgroundLoop writer;
    private final List<byte[]> chunk = new ArrayList<>(CHUNK);
    private volatile boolean stopping;
    private boolean losing;
    private long forced;

    @Inject
    PredictionLog(
            InferenceConfig config,
            StateFolder state,
            MeterRegistry meters,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ProcessEnd end)
            throws IOException {
        this(config, state, meters, kafka, end::because);
    }

    PredictionLog(
            InferenceConfig config,
            StateFolder state,
            MeterRegistry meters,
            Map<String, Object> kafka,
            BiConsumer<String, Throwable> onEnd)
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
        writer = new BackgroundLoop("prediction-log", IDLE, this::work, onEnd);
        publisher = new PredictionPublisher(spool, kafka, this.config.patience(), dropped::increment, onEnd);
    }

    @PostConstruct
    void start() {
        writer.start();
        publisher.start();
    }

    /// Room for the predictions that a request is about to bring; whoever takes it calls [#record] in any case.
    /// An event loop never waits here, and what there is no room for is dropped. A virtual thread carries a large
    /// request, a few of which bring more than any disk takes at once: it waits, and is refused rather than
    /// answered and forgotten.
    ///
    /// @throws ServiceUnavailableException when there is no room for a large request
    public Place place(int size) {
        if (!Thread.currentThread().isVirtual()) {
            return new Place(size, room.tryAcquire(size));
        }
        if (size > config.queue()) {
            return new Place(size, false);
        }
        try {
            if (room.tryAcquire(size, config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return new Place(size, true);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new ServiceUnavailableException(
                "More is predicted than can be put on record; send fewer rows at once, or ask again.",
                config.patience().toSeconds());
    }

    /// Takes note of predictions; their events are made later, on another thread. Never fails.
    public void record(Place place, Supplier<Stream<PredictionMade>> events) {
        if (!place.granted()) {
            dropped.increment(place.size());
        } else if (stopping) {
            room.release(place.size());
            dropped.increment(place.size());
        } else {
            queue.add(new Entry(place.size(), events));
            writer.nudge();
        }
    }

    /// Gives room back that nothing came for.
    public void leave(Place place) {
        if (place.granted()) {
            room.release(place.size());
        }
    }

    /// Predictions that Kafka has not taken yet.
    long pending() {
        return config.queue() - room.availablePermits() + spool.pending();
    }

    /// What was answered is on disk or at the broker before the process ends.
    @PreDestroy
    void stop() throws IOException, InterruptedException {
        stopping = true;
        writer.close();
        // What came in before the loop ended, and between its last look and now.
        while (work()) {
            Log.debug("Predictions are written on the way out");
        }
        publisher.stop(config.patience());
        spool.close();
    }

    /// Writes what waits. A disk that refuses costs what was to be written, counted, and holds up nobody.
    private boolean work() {
        try {
            Entry entry = queue.poll();
            if (entry != null) {
                take(entry);
            }
            if (queue.isEmpty() || chunk.size() >= CHUNK) {
                write();
            }
            force();
            return entry != null;
        } catch (RuntimeException | IOException e) {
            lost(chunk.size(), e);
            chunk.clear();
            return true;
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

    /// Where the disk is full it waits for Kafka, if Kafka takes any: then memory fills up, and large requests wait.
    private void write() throws IOException {
        int fitting = spool.append(chunk);
        while (fitting < chunk.size() && publisher.reachable() && spool.awaitRoom(config.patience())) {
            fitting += spool.append(chunk.subList(fitting, chunk.size()));
        }
        if (fitting < chunk.size()) {
            lost(chunk.size() - fitting, new IOException("the spool is full"));
        } else if (fitting > 0) {
            losing = false;
        }
        chunk.clear();
        if (fitting > 0) {
            publisher.nudge();
        }
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
