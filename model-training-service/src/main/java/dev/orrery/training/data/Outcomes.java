package dev.orrery.training.data;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What labels say, whatever their type: yes or no.
final class Outcomes {

    /// With more different labels than this, only one of them can be asked after by name.
    private static final int MOST_REMEMBERED = 1_000;

    private final Task.Binary task;
    private final ColumnType type;
    private final Map<Object, Optional<Boolean>> known = new HashMap<>();
    private final TreeSet<String> others = new TreeSet<>();
    private int undecided;

    Outcomes(UseCase useCase) {
        this.task = (Task.Binary) useCase.task();
        this.type = useCase.dataset()
                .column(useCase.dataset().label())
                .orElseThrow()
                .type();
    }

    /// What a label says; nothing when it is neither of the two values that are known.
    Optional<Boolean> of(Object label) {
        Optional<Boolean> outcome = known.get(label);
        if (outcome == null) {
            outcome = read(label);
            if (known.size() < MOST_REMEMBERED) {
                known.put(label, outcome);
            }
        }
        undecided += outcome.isEmpty() ? 1 : 0;
        return outcome;
    }

    /// Rows that say neither.
    int undecided() {
        return undecided;
    }

    /// The task, with its negative value where the rows had one only.
    Task.Binary task() {
        return task.negative() == null && others.size() == 1 ? new Task.Binary(task.positive(), others.first()) : task;
    }

    private Optional<Boolean> read(Object label) {
        String text = EntityKeys.canonical(type, label);
        if (!text.equals(task.positive()) && others.size() < 2) {
            others.add(text);
        }
        return task.outcome(text);
    }
}
