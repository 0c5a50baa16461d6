package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Runs loads on one endpoint, shows them meanwhile, and asks everybody who takes part what it cost.
///
/// @param plan     of every load, but for its pattern
/// @param platform whose processes are looked at
record Lab(Plan plan, Platform platform, String endpoint, PrintStream out, Terminal terminal) {

    private static final String BARE = "{}";

    /// One load, from its beginning to its last answer.
    Measured measure(Pattern pattern, String what) {
        try (Generator generator = new Generator(plan.with(pattern))) {
            LiveTable live = new LiveTable(out, terminal, what);
            long began = generator.begins() - plan.warmUp().toNanos();
            watch(generator, live, began, generator.begins());
            Own own = Own.now();
            Machine before = Machine.now(platform);
            watch(generator, live, began, generator.ends());
            Own ownAfter = Own.now();
            Machine after = Machine.now(platform);
            Run run = Run.of(generator.finish());
            live.clear();
            return new Measured(
                    pattern instanceof Pattern.Open open ? open.rate() : null,
                    pattern instanceof Pattern.Closed closed ? closed.users() : null,
                    run,
                    ownAfter.since(own, run),
                    inside(before, after),
                    after.since(before));
        }
    }

    private Inside inside(Machine before, Machine after) {
        return before.metrics(Part.INFERENCE)
                .flatMap(first -> after.metrics(Part.INFERENCE).map(last -> Inside.of(first, last, endpoint)))
                .orElse(null);
    }

    /// Shows every second until a moment.
    private void watch(Generator generator, LiveTable live, long began, long until) {
        boolean warmingUp = until == generator.begins();
        long failed = generator.soFar().faultsSoFar();
        long tick = System.nanoTime();
        while (System.nanoTime() < until) {
            tick += TimeUnit.SECONDS.toNanos(1);
            sleep(Math.min(tick, until));
            if (System.nanoTime() >= tick) {
                long now = generator.soFar().faultsSoFar();
                int at = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
                live.tick(warmingUp, at, generator.soFar().recent(), now - failed);
                failed = now;
            }
        }
    }

    private static void sleep(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new Failure("the load was interrupted");
            }
        }
    }

    /// The same load on a server in this process that answers at once: what the generator itself adds.
    Run bare(Pattern pattern) {
        try (BareServer server = new BareServer(BARE, () -> {})) {
            Wire wire = plan.wire();
            Wire bare = new Wire(server.address(), false, "/", "", wire.bodies(), (_, _) -> null);
            return Generator.run(
                    new Plan(bare, pattern, plan.connections(), plan.warmUp(), plan.duration(), plan.timeout()));
        } catch (IOException e) {
            throw new Failure("a server to compare with cannot be started: " + e.getMessage(), e);
        }
    }
}
