package dev.orrery.registry.announcement;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.consumer.Consumers;
import dev.orrery.kit.consumer.EventConsumer;
import dev.orrery.kit.loop.Loops;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Topics can be lost while the database is not. At its start the registry reads what its topics still say, and
/// announces again whatever they lack or know an older revision of. Comparing is cheap, and a topic that is whole stays
/// as it is; announcing everything at every start would make each consumer work through all of it again.
@Singleton
class LostAnnouncements {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final List<Announced> kinds;
    private final Map<Topic, Map<String, Long>> told = new EnumMap<>(Topic.class);
    private final List<EventConsumer<?>> readers = new ArrayList<>();

    LostAnnouncements(@All List<Announced> kinds) {
        this.kinds = kinds;
    }

    void start(@Observes StartupEvent event, Consumers consumers, Loops loops) {
        read(consumers);
        loops.start("lost-announcements", LOOK_AGAIN, this::look);
    }

    private boolean look() {
        isCompared();
        return false;
    }

    void read(Consumers consumers) {
        for (Announced kind : kinds) {
            Map<String, Long> known = new ConcurrentHashMap<>();
            told.put(kind.topic(), known);
            readers.add(consumers.replayIfReachable(
                    kind.topic(), Event.class, said -> known.merge(said.key(), revision(said), Math::max)));
        }
    }

    /// Compares once, when all that the topics say has been read.
    ///
    /// @return whether that is done
    boolean isCompared() {
        if (readers.isEmpty()) {
            return true;
        }
        if (!readers.stream().allMatch(EventConsumer::isCaughtUp)) {
            return false;
        }
        kinds.forEach(kind -> announce(kind, told.get(kind.topic())));
        readers.forEach(EventConsumer::close);
        readers.clear();
        told.clear();
        return true;
    }

    private static void announce(Announced kind, Map<String, Long> known) {
        List<String> lost = kind.revisions().entrySet().stream()
                .filter(standing -> known.getOrDefault(standing.getKey(), 0L) < standing.getValue())
                .map(Map.Entry::getKey)
                .toList();
        lost.forEach(kind::announce);
        if (!lost.isEmpty()) {
            Log.infof(
                    "%s lacked %,d of ours, which are announced again",
                    kind.topic().title(), lost.size());
        }
    }

    private static long revision(Event event) {
        return switch (event) {
            case UseCaseRevised revised -> revised.revision();
            case ModelVersionChanged changed -> changed.revision();
            case DeploymentChanged changed -> changed.revision();
            default -> 0;
        };
    }
}
