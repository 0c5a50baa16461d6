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
    private static final Tag RESET = Tag.of("status", "RESET");

    /// A quote in a description is escaped in the OpenMetrics form in a way that Prometheus does not read.
    @Produces
    @Singleton
    MeterFilter readableHelp() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String help = id.getDescription();
                return help == null || help.indexOf('"') < 0
                        ? id
                        : new Meter.Id(
                                id.getName(),
                                Tags.of(id.getTagsAsIterable()),
                                id.getBaseUnit(),
                                help.replace('"', '\''),
                                id.getType());
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
