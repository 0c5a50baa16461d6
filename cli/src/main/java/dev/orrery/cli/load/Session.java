package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Surroundings;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One `load`: makes the questions, measures as asked, and tells what came of it.
final class Session {

    private static final double USUAL_RATE = 100;
    /// Where inference speaks gRPC, above its port for HTTP.
    private static final int GRPC_ABOVE = 10;

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadOptions asked;
    private final Story story;
    private final Tables tables;
    private final Sample sample;
    private final Plan plan;
    private final Lab lab;

    Session(LoadOptions asked, Platform platform, Story story) {
        this.asked = asked;
        this.story = story;
        tables = new Tables(story);
        sample = Sample.of(Services.of(platform), asked.endpoint, asked.data);
        Wire wire = asked.protocol.wire(address(platform.url(Part.INFERENCE)), asked.endpoint, sample, asked.batch);
        plan = new Plan(
                wire,
                asked.users == null ? asked.pattern(rate()) : new Pattern.Closed(asked.users),
                asked.users == null ? asked.connections : asked.users,
                asked.warmUp(),
                asked.duration(),
                asked.timeout);
        lab = new Lab(plan, platform, asked.endpoint, System.out, Terminal.here());
    }

    private InetSocketAddress address(URI service) {
        if (!service.getScheme().equals("http")) {
            throw new Failure(
                    "%s: load speaks plain HTTP; measure behind the gateway that does TLS".formatted(service));
        }
        int port = service.getPort() < 0 ? 80 : service.getPort();
        int grpc = asked.grpcPort == null ? port + GRPC_ABOVE : asked.grpcPort;
        return new InetSocketAddress(service.getHost(), asked.protocol == Protocol.GRPC ? grpc : port);
    }

    private double rate() {
        return asked.rate == null ? USUAL_RATE : asked.rate;
    }

    Report run() {
        story.tell(
                "Rows: %s; %,.0f bytes in a request.",
                sample.origin(), plan.wire().bytes());
        if (asked.findMax) {
            return findMax();
        }
        return asked.ramp ? ramp() : load();
    }

    private Report load() {
        List<Measured> runs = new ArrayList<>();
        for (int i = 1; i <= asked.repeat; i++) {
            runs.add(lab.measure(plan.pattern(), what(plan.pattern())));
            tables.run(runs.getLast());
        }
        if (asked.repeat > 1) {
            tables.runs(runs);
        }
        Run bare = asked.selfCheck ? lab.bare(plan.pattern()) : null;
        if (bare != null) {
            tables.bare(bare);
        }
        return report(Report.Kind.LOAD, runs, bare, null, null);
    }

    private Report ramp() {
        List<Measured> steps = new Ramp(rate(), Ramp.USUAL_FACTOR, Ramp.USUAL_STEPS).climb(this::step);
        tables.runs(steps);
        Double knee = Ramp.knee(steps);
        boolean beyond = knee == null || knee < steps.getLast().rate();
        story.tell(
                "%s",
                knee == null
                        ? "Even the lowest rate is beyond the knee; begin lower, with --rate."
                        : String.format(
                                Locale.ROOT,
                                beyond ? "The knee lies above %,.0f a second." : "No knee up to %,.0f a second.",
                                knee));
        return report(Report.Kind.RAMP, steps, null, null, null);
    }

    private Report findMax() {
        double micros = asked.p99.toNanos() / NANOS_PER_MICRO;
        String promise = String.format(
                Locale.ROOT, "p99 at most %,.0f us, at most %.1f %% failed", micros, 100 * FindMax.USUAL_FAILED);
        FindMax.Found found =
                new FindMax(micros, FindMax.USUAL_FAILED, FindMax.USUAL_PRECISION).search(rate(), this::step);
        tables.runs(found.steps());
        if (found.rate() == null) {
            story.tell("No rate keeps the promise: %s.", promise);
        } else {
            story.tell("Highest rate that keeps it twice: %,.0f a second (%s).", found.rate(), promise);
        }
        return report(Report.Kind.FIND_MAX, found.steps(), null, found.rate(), promise);
    }

    private Measured step(double rate) {
        Measured measured = lab.measure(asked.pattern(rate), what(asked.pattern(rate)));
        story.tell(
                "%,8.0f due/s: %,.0f answers/s, p50 %,.0f us, p99 %,.0f us, %.2f %% failed",
                rate,
                measured.run().perSecond(),
                measured.run().latency().p50(),
                measured.run().latency().p99(),
                100 * measured.run().failedShare());
        return measured;
    }

    private String what(Pattern pattern) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s",
                asked.endpoint,
                asked.protocol.name().toLowerCase(Locale.ROOT),
                switch (pattern) {
                    case Pattern.Open open -> "%,.0f requests a second".formatted(open.rate());
                    case Pattern.Closed closed -> closed.users() + " users";
                });
    }

    private Report report(Report.Kind kind, List<Measured> runs, Run bare, Double found, String promise) {
        return new Report(
                kind,
                asked.endpoint,
                asked.protocol,
                asked.batch,
                plan.connections(),
                sample.origin(),
                plan.wire().bytes(),
                seconds(plan.warmUp()),
                Surroundings.now(),
                runs,
                bare,
                found,
                promise);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
