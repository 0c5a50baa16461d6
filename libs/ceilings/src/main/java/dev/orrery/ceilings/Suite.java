package dev.orrery.ceilings;

/// The parts of one path.
interface Suite {

    /// Measures each part, one after the other.
    ///
    /// @param given what the benchmark says about its run
    void measure(Given given, Gauge gauge) throws Exception;
}
