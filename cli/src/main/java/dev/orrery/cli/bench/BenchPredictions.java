package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Unlogged;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Made-up predictions of a model that nobody trained, as inference puts them on their topic: by several instances, in
/// blocks. Three of four columns are numbers, the fourth is words; some are missing.
///
/// @param model   the name of the model and of its endpoint
/// @param columns how many the model is given
record BenchPredictions(String model, int columns) {

    private static final List<String> WORDS = List.of("month-to-month", "one-year", "two-year", "prepaid");
    private static final List<String> OUTPUTS = List.of("score", "decision");
    private static final int EVERY = 4;
    private static final int INSTANCES = 8;
    private static final int LATENCY_NANOS = 250_000;
    private static final double MISSING = 0.02;
    private static final double MIDDLE = 0.5;
    private static final int REFERENCE = 1000;
    private static final double[] DECILES =
            IntStream.range(1, 10).mapToDouble(tenth -> tenth / 10.0).toArray();

    /// What windows are compared with.
    Profile profile() {
        List<Bins> features =
                IntStream.range(0, columns).mapToObj(BenchPredictions::bins).toList();
        Bins score = new Bins("score", DECILES, null, counts(DECILES.length + 1, 0));
        return new Profile(features, List.of(score));
    }

    /// Makes so many predictions after those that were made before, and returns when the broker has them.
    void send(String brokers, long before, long predictions) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers, "linger.ms", 5, "batch.size", 1 << 20, "max.request.size", 2 << 20);
        AtomicReference<Exception> refused = new AtomicReference<>();
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            List<PredictionsWriter> instances = IntStream.range(0, INSTANCES)
                    .mapToObj(i -> writer("%s-%d".formatted(model, i), producer, refused))
                    .toList();
            SplittableRandom random = new SplittableRandom(before);
            for (long i = before; i < before + predictions; i++) {
                write(instances.get((int) (i % INSTANCES)), i / INSTANCES, random);
            }
            instances.forEach(PredictionsWriter::flush);
        }
        if (refused.get() != null) {
            throw new Failure("the broker did not take the predictions: " + refused.get(), refused.get());
        }
    }

    private PredictionsWriter writer(
            String instance, Producer<String, byte[]> producer, AtomicReference<Exception> refused) {
        List<String> names =
                IntStream.range(0, columns).mapToObj(BenchPredictions::name).toList();
        PredictionsHeader header = new PredictionsHeader(
                model, 1, model, 1, Role.CHAMPION, "onnxruntime", model, 1, instance, names, OUTPUTS);
        return new PredictionsWriter(
                header,
                () -> Unlogged.NONE,
                block -> producer.send(EventCodec.encode("bench", block, null), (_, failure) -> {
                    if (failure != null) {
                        refused.set(failure);
                    }
                }));
    }

    private void write(PredictionsWriter writer, long sequence, SplittableRandom random) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        writer.begin(
                new Prediction.Request(now, LATENCY_NANOS, Outcome.OK, null, null), sequence, 1, "entity-" + sequence);
        BlockOutput row = writer.cells(columns);
        for (int column = 0; column < columns; column++) {
            if (random.nextDouble() < MISSING) {
                row.none();
            } else if (isWord(column)) {
                row.word(WORDS.get(random.nextInt(WORDS.size())));
            } else {
                row.real(random.nextDouble());
            }
        }
        double score = random.nextDouble();
        writer.outputs(OUTPUTS.size()).real(score).flag(score >= MIDDLE);
        writer.end();
    }

    private static boolean isWord(int column) {
        return column % EVERY == EVERY - 1;
    }

    private static String name(int column) {
        return "c" + column;
    }

    private static Bins bins(int column) {
        if (!isWord(column)) {
            return numbers(name(column));
        }
        return new Bins(name(column), null, WORDS, counts(WORDS.size(), MISSING));
    }

    private static Bins numbers(String name) {
        return new Bins(name, DECILES, null, counts(DECILES.length + 1, MISSING));
    }

    /// As many rows in each regular bin, none of something else, and as many missing as there will be.
    private static long[] counts(int regular, double missing) {
        long[] counts = new long[regular + 2];
        Arrays.fill(counts, 0, regular, REFERENCE);
        counts[regular + 1] = Math.round(regular * REFERENCE * missing);
        return counts;
    }
}
