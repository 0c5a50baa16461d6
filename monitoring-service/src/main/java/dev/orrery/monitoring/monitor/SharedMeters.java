package dev.orrery.monitoring.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/// Meters whose values come from outside this process, all at once. One that was not said again is retired, or
/// dashboards would show the dead for ever.
final class SharedMeters {

    /// A name and what it means.
    enum Fact {
        PREDICTIONS("orrery.monitor.predictions", true, "Predictions that arrived, each once"),
        WINDOWS("orrery.monitor.windows", true, "Windows of predictions that were closed, by what they said"),
        EPOCHS("orrery.monitor.epochs", false, "Times the numbering of windows began; more than 1 is a long silence"),
        MISSING("orrery.monitor.missing", false, "Predictions that were made and have not come"),
        PSI("orrery.drift.psi", false, "Population stability index of the latest judged window"),
        CRITICAL_VALUE(
                "orrery.drift.critical.value", false, "The index that chance alone exceeds as seldom as configured"),
        DETECTED("orrery.drift.detected", false, "1 where the latest judged window has drifted, else 0"),
        ALERTS("orrery.alerts.open", false, "Alerts that are open");

        private final String title;
        private final boolean grows;
        private final String meaning;

        Fact(String title, boolean grows, String meaning) {
            this.title = title;
            this.grows = grows;
            this.meaning = meaning + "; every instance says the same";
        }
    }

    record Name(Fact fact, Tags tags) {}

    /// A meter reads from here.
    private static final class Shown {
        private volatile double value;
        private Meter meter;
    }

    private final Map<Name, Shown> shown = new HashMap<>();
    private final MeterRegistry registry;

    SharedMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// From now on exactly these are shown. For one caller at a time.
    void show(Map<Name, Double> values) {
        values.forEach((name, value) -> {
            Shown known = shown.computeIfAbsent(name, _ -> new Shown());
            known.value = value;
            if (known.meter == null) {
                known.meter = register(name, known);
            }
        });
        shown.entrySet().removeIf(entry -> {
            boolean gone = !values.containsKey(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue().meter);
            }
            return gone;
        });
    }

    private Meter register(Name name, Shown shown) {
        Fact fact = name.fact();
        return fact.grows
                ? FunctionCounter.builder(fact.title, shown, it -> it.value)
                        .tags(name.tags())
                        .description(fact.meaning)
                        .register(registry)
                : Gauge.builder(fact.title, shown, it -> it.value)
                        .tags(name.tags())
                        .description(fact.meaning)
                        .register(registry);
    }
}
