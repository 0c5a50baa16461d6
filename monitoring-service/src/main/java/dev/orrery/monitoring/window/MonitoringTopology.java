package dev.orrery.monitoring.window;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.monitoring.window.PredictionReader.Reading;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// From predictions to evaluations: read, bring each series together in one partition, keep its window, judge it.
///
/// It runs with exactly-once processing: a prediction's mark in one store, its count in another, its place in the topic
/// and an evaluation that it completes are one transaction. Repeats that the sender made are dropped by id.
@ApplicationScoped
class MonitoringTopology {

    static final String SERVICE = "monitoring-service";

    private static final int MOST_WAITING = 10_000;

    private final Knowledge knowledge;

    MonitoringTopology(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Produces
    Topology topology() {
        return build(knowledge, Stores::persistentKeyValueStore, MOST_WAITING);
    }

    /// @param stores      where a store of the given name keeps its entries
    /// @param mostWaiting how many predictions of a series wait for its reference
    static Topology build(Knowledge knowledge, Function<String, KeyValueBytesStoreSupplier> stores, int mostWaiting) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(store(stores.apply(WindowProcessor.SERIES), json(Progress.class)));
        builder.addStateStore(store(stores.apply(WindowProcessor.SEEN), Serdes.ByteArray()));
        builder.addStateStore(store(stores.apply(WindowProcessor.WAITING), json(Observation.class)));

        KStream<String, Reading> readings = builder.stream(
                        Topic.PREDICTIONS.title(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(PredictionReader::new);
        readings.filter((_, reading) -> reading instanceof Reading.DeadLetter)
                .mapValues(reading -> ((Reading.DeadLetter) reading).data())
                .to(DeadLetter.TOPIC, Produced.with(Serdes.String(), Serdes.ByteArray()));
        readings.filter((_, reading) -> reading instanceof Reading.Prediction)
                .mapValues(reading -> ((Reading.Prediction) reading).observation())
                .repartition(Repartitioned.<String, Observation>as("by-series")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(json(Observation.class)))
                .process(
                        () -> new WindowProcessor(knowledge, mostWaiting),
                        WindowProcessor.SERIES,
                        WindowProcessor.SEEN,
                        WindowProcessor.WAITING)
                .to(
                        (_, _, context) ->
                                DeadLetter.isOne(context.headers()) ? DeadLetter.TOPIC : Topic.EVALUATIONS.title(),
                        Produced.with(Serdes.String(), Serdes.ByteArray()));
        return builder.build();
    }

    /// Cached: what a prediction changes is written once in a commit, not once per prediction.
    private static <V> StoreBuilder<?> store(KeyValueBytesStoreSupplier store, Serde<V> values) {
        return Stores.keyValueStoreBuilder(store, Serdes.String(), values).withCachingEnabled();
    }

    private static <T> Serde<T> json(Class<T> type) {
        return Serdes.serdeFrom((_, value) -> value == null ? null : Json.bytes(value), (_, data) -> read(type, data));
    }

    private static <T> T read(Class<T> type, byte[] data) {
        try {
            return data == null ? null : Json.MAPPER.readValue(data, type);
        } catch (IOException e) {
            throw new SerializationException("this is no %s".formatted(type), e);
        }
    }
}
