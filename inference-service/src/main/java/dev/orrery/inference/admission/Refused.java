package dev.orrery.inference.admission;

import dev.orrery.kit.http.Shed;
import jakarta.ws.rs.ServiceUnavailableException;

/// A request that is turned away unscored so that others are answered. Asking again later may help.
public class Refused extends ServiceUnavailableException {

    private static final long serialVersionUID = 1L;
    static final String RETRY_SECONDS = "1";

    private final Shed.Reason reason;

    public Refused(Shed.Reason reason, String message) {
        super(message, Long.valueOf(RETRY_SECONDS));
        this.reason = reason;
    }

    public Shed.Reason reason() {
        return reason;
    }
}
