package dev.orrery.inference.admission;

import dev.orrery.kit.http.Shed;

/// A request whose deadline cannot be met, or has passed.
public final class Overdue extends Refused {

    private static final long serialVersionUID = 1L;

    Overdue(String message) {
        super(Shed.Reason.DEADLINE, message);
    }
}
