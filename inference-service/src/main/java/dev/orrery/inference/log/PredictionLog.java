package dev.orrery.inference.log;

import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.Instance;
import dev.orrery.inference.StateFolder;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.ProcessEnd;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/// Tells the platform of every prediction, behind the answers: from memory to disk at once, and from there to Kafka
/// when Kafka takes it. So a broker that is gone costs nobody an answer, a process that dies loses what the last few
/// milliseconds brought, and what is dropped, because memory or disk is full, is counted.
@Startup
@Singleton
public class PredictionLog {

    private static final String SERVICE = "inference-service";
    private static final Duration IDLE = Duration.ofMillis(100);
    /// How long nothing needs to have been told before what is left out is told by itself.
    private static final Duration TELLING = Duration.ofSeconds(1);
    private static final int LONGEST_ERROR = 500;
    /// What comes within so long a time shares blocks.
    private static final Duration GATHERING = Duration.ofMillis(10);

    private final InferenceConfig.PredictionLogConfig config;
    private final EventWriter events;
    private final OpenBlocks[] open;
    /// Blocks that no row is added to any more.
    private final Queue<EncodedBlock> queue = new ConcurrentLinkedQueue<>();
    private final Instance instance;
    /// A permit for each prediction that memory may still take.
    private final Semaphore room;
    private final Spool spool;
    private final PredictionPublisher publisher;
    private final Omissions omissions;
    private final BackgroundLoop writer;
    private volatile boolean stopping;
    private boolean losing;
    private long forced;
    private long told = System.nanoTime();

    @Inject
    PredictionLog(
            InferenceConfig config,
            StateFolder state,
            Instance instance,
            MeterRegistry meters,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ProcessEnd end)
            throws IOException {
        this(config, state, instance, meters, kafka, end::because);
    }

    PredictionLog(
            InferenceConfig config,
            StateFolder state,
            Instance instance,
            MeterRegistry meters,
            Map<String, Object> kafka,
            BiConsumer<String, Throwable> onEnd)
            throws IOException {
        this.config = config.predictionLog();
        this.instance = instance;
        room = new Semaphore(this.config.queue());
        Path folder = state.path().resolve("predictions");
        spool = Spool.open(folder, this.config.spool().asLongValue());
        omissions = new Omissions(folder, meters);
        omissions.tellEarlier(spool);
        events = new EventWriter(config);
        open = new OpenBlocks[Runtime.getRuntime().availableProcessors()];
        Arrays.setAll(open, place -> new OpenBlocks(instance, events, omissions, queue::add, this::nudge));
        Gauge.builder("orrery.prediction.log.pending", this, PredictionLog::pending)
                .description("Predictions that Kafka has not taken yet")
                .register(meters);
        writer = new BackgroundLoop("prediction-log", IDLE, this::work, onEnd);
        publisher = new PredictionPublisher(spool, kafka, this.config.patience(), omissions::dropped, onEnd);
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

    /// Puts predictions on record and gives them their sequences. Never fails.
    ///
    /// @return the sequence of the first
    public long record(Place place, Told told) {
        omissions.answered(told.header());
        if (!place.granted() || stopping) {
            leave(place);
            omissions.dropped(told.size());
            return instance.take(told.size());
        }
        OpenBlocks.Added added = open[(int) (Thread.currentThread().threadId() % open.length)].add(told);
        if (added.rows() < told.size()) {
            room.release(told.size() - added.rows());
            omissions.sampledOut(told.size() - added.rows());
        }
        return added.first();
    }

    /// Writes predictions as [#record] does, and forgets them: they have no sequence, and nobody is told.
    public void rehearse(Told told) {
        events.write(new PredictionsWriter(told.header(), () -> Unlogged.NONE, _ -> {}), told, 0);
    }

    /// Puts a request on record that was refused as a whole. Never fails, and never waits.
    public void refuse(PredictionsHeader header, Prediction.Request request) {
        record(new Place(1, room.tryAcquire()), Told.refused(header, request));
    }

    /// Why something was not answered, as an event says it.
    public static String error(String message) {
        return message.length() > LONGEST_ERROR ? message.substring(0, LONGEST_ERROR) : message;
    }

    private void nudge() {
        writer.nudge();
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
        gather();
        List<Spooled> blocks = new ArrayList<>();
        for (EncodedBlock block = queue.poll(); block != null; block = queue.poll()) {
            blocks.add(new Spooled(block.rows(), RecordBytes.write(EventCodec.encode(SERVICE, block, null))));
        }
        int rows = rows(blocks);
        tellOmissions(blocks);
        try {
            write(blocks);
            force();
            omissions.writeDown(SERVICE);
        } catch (RuntimeException | IOException e) {
            lost(rows, e);
        } finally {
            room.release(rows);
        }
        return rows > 0;
    }

    /// Every block says what is left out; where none comes, one without rows does.
    private void tellOmissions(List<Spooled> blocks) {
        long now = System.nanoTime();
        if (!blocks.isEmpty()) {
            told = now;
        } else if (now - told > TELLING.toNanos() || stopping) {
            omissions.untold(SERVICE).ifPresent(blocks::add);
            told = now;
        }
    }

    /// Lets rows come together, unless the process is about to end.
    private void gather() {
        if (!stopping && Arrays.stream(open).anyMatch(blocks -> !blocks.isEmpty())) {
            LockSupport.parkNanos(GATHERING.toNanos());
        }
        for (OpenBlocks blocks : open) {
            blocks.cut();
        }
    }

    /// Where the disk is full it waits for Kafka, if Kafka takes any: then memory fills up, and large requests wait.
    private void write(List<Spooled> blocks) throws IOException {
        int fitting = spool.append(blocks);
        while (fitting < blocks.size() && publisher.reachable() && spool.awaitRoom(config.patience())) {
            fitting += spool.append(blocks.subList(fitting, blocks.size()));
        }
        if (fitting < blocks.size()) {
            lost(rows(blocks.subList(fitting, blocks.size())), new IOException("the spool is full"));
        } else if (fitting > 0) {
            losing = false;
        }
        if (fitting > 0) {
            publisher.nudge();
        }
    }

    private static int rows(List<Spooled> blocks) {
        return blocks.stream().mapToInt(Spooled::rows).sum();
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
        omissions.dropped(count);
        if (!losing) {
            losing = true;
            Log.error("Predictions are lost from here on, counted in orrery_prediction_log_dropped_total", why);
        }
    }
}
