package dev.orrery.registry.run;

/// What a run is doing. The order is that of MLflow's numbers.
enum RunStatus {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED
}
