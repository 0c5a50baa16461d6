package dev.orrery.kit.retention;

import dev.orrery.kit.loop.Loops;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Trims everything that is kept for a stated time. What cannot be trimmed now does not keep the others from it, and
/// is tried again next time.
@Singleton
public class Housekeeping {

    private final List<Kept> kept;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Duration every;

    Housekeeping(
            @All List<Kept> kept,
            MeterRegistry meters,
            Clock clock,
            @ConfigProperty(name = "orrery.housekeeping.every", defaultValue = "10m") Duration every) {
        this.kept = kept;
        this.meters = meters;
        this.clock = clock;
        this.every = every;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        if (!kept.isEmpty()) {
            loops.start("housekeeping", every, this::sweep);
        }
    }

    /// Trims all that has come to its end by now.
    ///
    /// @return false: the rest has time until the next round
    public boolean sweep() {
        kept.forEach(this::trim);
        return false;
    }

    private void trim(Kept thing) {
        try {
            long removed = thing.trim(clock.instant().minus(thing.keep()));
            Counter.builder("orrery.trimmed")
                    .description("Things removed because the time for which they are kept is over")
                    .tag("what", thing.what())
                    .register(meters)
                    .increment(removed);
            if (removed > 0) {
                Log.infof("Removed %,d %s, kept for %s", removed, thing.what(), thing.keep());
            }
        } catch (RuntimeException e) {
            Log.warnf(e, "%s could not be trimmed and will be later", thing.what());
        }
    }
}
