package dev.orrery.monitoring.window;

import dev.orrery.contracts.usecase.Monitor;

/// What windows ask of the rest of the service, and what they tell it. No call may wait for a network or a database.
public interface Knowledge {

    /// What is known now of the reference of this series' model version; asking is what makes it being looked for.
    Reference reference(Series series);

    /// How this endpoint is to be monitored.
    Monitor monitor(String endpoint);

    /// A series has come so far.
    void moved(Progress progress);

    /// A series is over: nothing of it can come any more. Should it come all the same, it begins anew.
    void retired(Progress progress);
}
