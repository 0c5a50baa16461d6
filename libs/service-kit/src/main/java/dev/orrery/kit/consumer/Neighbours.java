package dev.orrery.kit.consumer;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Whether those that a service needs are there.
@Singleton
public class Neighbours {

    private final List<Neighbour> neighbours;

    Neighbours(@All List<Neighbour> neighbours) {
        this.neighbours = neighbours;
    }

    /// The first that is away, and how that shows; empty when all are there.
    public Optional<String> away() {
        for (Neighbour neighbour : neighbours) {
            try {
                neighbour.ask();
            } catch (Exception e) {
                return Optional.of("%s is away: %s".formatted(neighbour.name(), e.getMessage()));
            }
        }
        return Optional.empty();
    }
}
