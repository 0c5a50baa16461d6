package dev.orrery.cli.load;

import java.util.List;

/// A run, and what everybody who took part in it says of the same time.
///
/// @param rate     requests a second that were due; null where users decided
/// @param users    who waited for their answers; null where a rate was given
/// @param own      what the generator used
/// @param inside   what the service says; null when it tells no metrics
/// @param machines what each process used; empty where nobody tells
public record Measured(Double rate, Integer users, Run run, Own.Cost own, Inside inside, List<Machine.Used> machines) {

    public Measured {
        machines = List.copyOf(machines);
    }
}
