package dev.orrery.cli.load;

import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.Usage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the platform's processes have used until some moment.
///
/// @param usage   processor time by part; null for a platform elsewhere
/// @param metrics of each service that tells them
record Machine(Usage usage, Map<Part, Scrape> metrics) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String CPU = "process_cpu_time_ns_total";
    private static final String PAUSE = "jvm_gc_pause_seconds";

    /// What one process used in some time, seconds.
    ///
    /// @param cpu     null where nobody tells
    /// @param gc      pauses of its garbage collector; null where nobody tells
    /// @param pauses  how many
    record Used(String name, Double cpu, Double gc, Long pauses) {}

    static Machine now(Platform platform) {
        Map<Part, Scrape> metrics = new EnumMap<>(Part.class);
        Stream.of(Part.values())
                .filter(part -> part != Part.KAFKA && part != Part.POSTGRES)
                .forEach(part -> Scrape.of(platform.url(part)).ifPresent(scrape -> metrics.put(part, scrape)));
        return new Machine(platform.isLocal() ? Usage.of(platform) : null, metrics);
    }

    Optional<Scrape> metrics(Part part) {
        return Optional.ofNullable(metrics.get(part));
    }

    List<Used> since(Machine before) {
        return Stream.of(Part.values())
                .map(part -> used(part, before))
                .filter(used -> used.cpu() != null || used.gc() != null)
                .toList();
    }

    private Used used(Part part, Machine before) {
        Scrape added = metrics.containsKey(part) && before.metrics.containsKey(part)
                ? metrics.get(part).since(before.metrics.get(part))
                : null;
        Double cpu = usage != null
                ? Double.valueOf(usage.of(part) - before.usage.of(part))
                : added == null ? null : Double.valueOf(added.sum(CPU) / NANOS_PER_SECOND);
        return new Used(
                part.title(),
                cpu,
                added == null ? null : Double.valueOf(added.sum(PAUSE + "_sum")),
                added == null ? null : Long.valueOf((long) added.sum(PAUSE + "_count")));
    }
}
