package dev.orrery.cli.demo;

import dev.orrery.contracts.usecase.UseCase;
import java.util.OptionalDouble;

/// What the demo does with one kind of data, where the journey is not the same for all.
interface Script {

    /// Looks at the rows that were rejected.
    void inspect(Data data, UseCase useCase, Data.Accepted accepted);

    /// The ROC AUC that nobody can be expected to beat on the holdout, where the truth is known.
    OptionalDouble bestPossible(UseCase useCase, Contest trained);

    /// Sends predictions, and looks at the alarms.
    void predict(Traffic traffic, UseCase useCase, Data.Accepted accepted);
}
