package dev.orrery.training.data;

import dev.orrery.contracts.usecase.Task;
import java.util.ArrayList;
import java.util.List;

/// Rows of a dataset version that no part has.
///
/// @param unlabelled rows of which nobody knows yet what happened
/// @param keyless    rows that are about nobody
/// @param undecided  rows whose label is neither the positive nor the negative value
/// @param unusable   rows with a value that no model can take
public record LeftOut(int unlabelled, int keyless, int undecided, int unusable) {

    /// None at all.
    public static final LeftOut NONE = new LeftOut(0, 0, 0, 0);

    public int total() {
        return unlabelled + keyless + undecided + unusable;
    }

    /// What a person should know of it; that labels are missing is ordinary, and no warning.
    List<String> warnings(Task.Binary task) {
        List<String> warnings = new ArrayList<>();
        if (keyless > 0) {
            warnings.add("%,d rows without a key were left out".formatted(keyless));
        }
        if (undecided > 0) {
            warnings.add("%,d rows were left out because their label is neither '%s' nor '%s'"
                    .formatted(undecided, task.positive(), task.negative()));
        }
        return warnings;
    }
}
