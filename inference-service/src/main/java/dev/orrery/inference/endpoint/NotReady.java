package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/// Some slots of a deployment are not ready, and trying again may help.
final class NotReady extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, String> reasons;

    /// @param reasons by the slot's place
    NotReady(DeploymentChanged deployment, Map<Integer, String> reasons) {
        super(reasons.entrySet().stream()
                .map(slot -> deployment.slots().get(slot.getKey()).words() + ": " + slot.getValue())
                .collect(Collectors.joining("; ")));
        this.reasons = Map.copyOf(reasons);
    }

    Map<Integer, String> reasons() {
        return reasons;
    }
}
