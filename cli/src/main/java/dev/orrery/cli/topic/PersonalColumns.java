package dev.orrery.cli.topic;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.event.UseCaseRevised;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Which columns of a dataset identify a person, as its active schema says.
final class PersonalColumns {

    private final Supplier<List<Event>> source;
    private final Map<String, Set<String>> byDataset = new HashMap<>();
    private final Map<String, String> datasets = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    /// @param source what lies on the topics of schemas and use cases
    PersonalColumns(Supplier<List<Event>> source) {
        this.source = source;
    }

    /// The personal columns of a dataset, or nothing when no schema tells.
    Optional<Set<String>> ofDataset(String dataset) {
        if (!byDataset.containsKey(dataset) && unknown.add("dataset " + dataset)) {
            load();
        }
        return Optional.ofNullable(byDataset.get(dataset));
    }

    /// The personal columns of a use case's dataset, or nothing when no schema tells.
    Optional<Set<String>> ofUseCase(String useCase) {
        if (!datasets.containsKey(useCase) && unknown.add("use case " + useCase)) {
            load();
        }
        return Optional.ofNullable(datasets.get(useCase)).flatMap(this::ofDataset);
    }

    private void load() {
        for (Event event : source.get()) {
            if (event instanceof SchemaActivated active) {
                byDataset.put(active.dataset(), Set.copyOf(active.schema().personal()));
            } else if (event instanceof UseCaseRevised revised) {
                datasets.put(revised.useCase().name(), revised.useCase().datasetName());
            }
        }
    }
}
