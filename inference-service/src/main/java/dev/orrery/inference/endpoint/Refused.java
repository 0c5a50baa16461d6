package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import java.util.Map;

/// A deployment that trying again cannot help. The message says why.
class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, String> reasons;

    Refused(String reason) {
        this(reason, null);
    }

    Refused(String reason, Throwable cause) {
        super(reason, cause);
        reasons = Map.of();
    }

    /// @param slot the place of the slot for which the cause was refused
    Refused(DeploymentChanged deployment, int slot, Refused cause) {
        super(deployment.slots().get(slot).words() + ": " + cause.getMessage(), cause);
        reasons = Map.of(slot, cause.getMessage());
    }

    /// By the slot's place, where it is one slot's fault.
    Map<Integer, String> reasons() {
        return reasons;
    }
}
