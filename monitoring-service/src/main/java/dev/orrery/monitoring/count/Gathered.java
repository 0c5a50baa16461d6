package dev.orrery.monitoring.count;

import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsReader;
import dev.orrery.monitoring.prediction.BlockIndex;
import dev.orrery.monitoring.reference.Reference;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.window.Arrival;
import dev.orrery.monitoring.window.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/// What one instance has read of its partitions since its last transaction: predictions that are new, ready to be
/// merged
/// into the windows of their series, and the places that are reached with them.
final class Gathered {

    /// So much is merged at once, in numbers of four bytes or so.
    private static final int MOST = 1 << 19;
    /// So many instances are remembered beyond a transaction; those of others are read again when they are needed.
    private static final int MOST_INSTANCES = 64;

    private static final int LONGEST_NAME = 500;

    private final References references;
    private final Function<CountedInstance.Key, Sequences> sequences;

    /// The place of each partition when the last transaction ended.
    private final Map<TopicPartition, Long> places = new HashMap<>();
    private final Map<TopicPartition, Long> reached = new HashMap<>();
    private final Map<CountedInstance.Key, Sequences> counted = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<CountedInstance.Key> changed = new HashSet<>();
    private final SortedMap<Series, List<Arrival>> arrivals = new TreeMap<>();
    private final BlockIndex index = new BlockIndex();
    private int weight;

    /// @param sequences reads which predictions of an instance were counted
    Gathered(References references, Function<CountedInstance.Key, Sequences> sequences) {
        this.references = references;
        this.sequences = sequences;
    }

    /// From now on these partitions are read, each from its place, and no others.
    void begin(Map<TopicPartition, Long> partitions) {
        places.clear();
        places.putAll(partitions);
        counted.clear();
        index.begin();
        forget();
    }

    /// Takes the predictions of a block that were not counted before.
    ///
    /// @param offset of the block in its partition
    /// @throws IllegalArgumentException when it is no block of predictions, or of nothing that could be kept
    void add(TopicPartition partition, long offset, byte[] block) {
        PredictionsReader reader = new PredictionsReader(block);
        PredictionsHeader header = reader.header();
        requireName(header.endpoint());
        requireName(header.model());
        requireName(header.instance());
        CountedInstance.Key instance = new CountedInstance.Key(partition.partition(), header.instance());
        Sequences known = counted.computeIfAbsent(instance, sequences);
        Reference reference = references.of(header.model(), header.version());
        long[] ends = {-1, -1};
        Optional<Arrival> arrived = Arrival.of(reader, block, reference, sequence -> {
            ends[0] = ends[0] < 0 ? sequence : ends[0];
            ends[1] = sequence;
            return known.add(sequence);
        });
        if (known.skipped(reader.unlogged())) {
            changed.add(instance);
        }
        arrived.ifPresent(arrival -> {
            changed.add(instance);
            arrivals.computeIfAbsent(Series.of(header), _ -> new ArrayList<>()).add(arrival);
            weight += arrival.weight();
        });
        if (ends[0] >= 0) {
            index.add(partition.partition(), offset, header.instance(), ends[0], ends[1]);
        }
    }

    /// A record is dealt with.
    ///
    /// @param bytes of its value
    void reach(TopicPartition partition, long next, int bytes) {
        reached.put(partition, next);
        index.pass(partition.partition(), bytes);
    }

    boolean isEmpty() {
        return reached.isEmpty();
    }

    boolean isFull() {
        return weight >= MOST;
    }

    /// Writes the places, as part of a transaction.
    void movePlaces() {
        reached.forEach((partition, next) -> CountedPartition.move(partition, places.get(partition), next));
    }

    /// Writes which predictions are counted and where they lie, as part of a transaction.
    void keepSequences(Instant now) {
        changed.forEach(instance -> CountedInstance.keep(instance, counted.get(instance), now));
        index.keep(now);
    }

    SortedMap<Series, List<Arrival>> arrivals() {
        return arrivals;
    }

    /// What was gathered is durable.
    ///
    /// @return the places that are reached
    Map<TopicPartition, Long> committed() {
        places.putAll(reached);
        Map<TopicPartition, Long> places = Map.copyOf(reached);
        forget();
        index.committed();
        var eldest = counted.keySet().iterator();
        for (int tooMany = counted.size() - MOST_INSTANCES; tooMany > 0; tooMany--) {
            eldest.next();
            eldest.remove();
        }
        return places;
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("nothing can be kept under the name '%s'".formatted(name));
        }
    }

    private void forget() {
        reached.clear();
        changed.clear();
        arrivals.clear();
        weight = 0;
    }
}
