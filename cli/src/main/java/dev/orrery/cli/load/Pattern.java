package dev.orrery.cli.load;

/// Who decides when the next request is sent.
public sealed interface Pattern {

    /// Requests come when they come, as from a public: the open model. What is late is sent late, and its wait counts.
    ///
    /// @param rate requests in a second
    /// @param even one every so often, instead of the random gaps of strangers
    record Open(double rate, boolean even) implements Pattern {

        Arrivals arrivals() {
            return even ? Arrivals.constant(rate) : Arrivals.poisson(rate, SEED);
        }
    }

    /// Each of some users waits for an answer before it asks again: the closed model. A service that stalls is asked
    /// less meanwhile, so its tail looks better than it is.
    record Closed(int users) implements Pattern {}

    /// The same gaps in every run, so that two runs differ in the service alone.
    long SEED = 20_25;
}
