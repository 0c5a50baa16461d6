package dev.orrery.kit.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What every meter keeps to, whoever made it.
class MeterRules {

    private static final String REQUESTS = "http.server.requests";
    private static final String CPUS = "system.cpu.count";
    private static final Tag RESET = Tag.of("status", "RESET");

    /// A quote in a description is escaped in the OpenMetrics form in a way that Prometheus does not read, and a meter
    /// that its maker does not describe is at least called by its name.
    @Produces
    @Singleton
    MeterFilter readableHelp() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String said = id.getDescription();
                String help = said == null || said.isBlank() ? id.getName().replace('.', ' ') : said;
                String readable = help.replace('"', '\'');
                return readable.equals(said)
                        ? id
                        : new Meter.Id(
                                id.getName(),
                                Tags.of(id.getTagsAsIterable()),
                                id.getBaseUnit(),
                                readable,
                                id.getType());
            }
        };
    }

    /// `…_count` belongs to histograms.
    @Produces
    @Singleton
    MeterFilter noCountOfItsOwn() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals(CPUS) ? id.withName("system.cpus") : id;
            }
        };
    }

    /// A client that hangs up before a route was found leaves no label of its own either.
    @Produces
    @Singleton
    MeterFilter oneLabelForResets() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                boolean raw = id.getName().equals(REQUESTS)
                        && id.getTags().contains(RESET)
                        && !id.getTag("uri").contains("{");
                return raw ? id.replaceTags(Tags.of(id.getTags()).and("uri", RouteLabels.UNKNOWN)) : id;
            }
        };
    }
}
