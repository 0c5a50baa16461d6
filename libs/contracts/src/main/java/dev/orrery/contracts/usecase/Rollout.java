package dev.orrery.contracts.usecase;

import dev.orrery.contracts.problem.Faulty;

/// Where the champion serves.
///
/// @param endpoint the use case's own name unless said otherwise
public record Rollout(String endpoint) {

    public Rollout {
        if (endpoint != null) {
            Faulty.unlessName("/endpoint", "endpoint", endpoint);
        }
    }
}
