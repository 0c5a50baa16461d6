package dev.orrery.cli.bench;

import dev.orrery.cli.bench.BenchModels.Kind;
import dev.orrery.cli.load.Run;
import dev.orrery.cli.load.Wire;
import java.util.ArrayList;
import java.util.List;

/// The service in one mode, and fixed bytes, asked in turns.
///
/// @param bareWire what is asked where fixed bytes answer; the same but for gRPC
record Duel(String mode, Kind kind, Answerer service, Wire wire, Answerer bare, Wire bareWire) {

    /// What came of all rounds together.
    ///
    /// @param who       answered
    /// @param perSecond the middle of all rounds, as those that follow
    /// @param ratio     to what fixed bytes did in the same round
    /// @param ratios    of each round
    /// @param answered  in all rounds, together with what warmed it up
    record Result(
            String mode,
            String model,
            String who,
            double perSecond,
            double bare,
            double ratio,
            List<Double> ratios,
            double p50Micros,
            double p99Micros,
            double cpuMicros,
            long answered,
            long failed) {}

    /// One turn of each.
    ///
    /// @param cpuMicros of the service, per request
    record Round(Run service, Run bare, double cpuMicros) {}

    Round round(int connections, int seconds) {
        Run fixed = bare.ask(bareWire, connections, seconds);
        double before = service.cpuMicros();
        Run run = service.ask(wire, connections, seconds);
        return new Round(run, fixed, (service.cpuMicros() - before) / Math.max(1, run.answered()));
    }

    Result result(Run warmUp, List<Round> rounds) {
        List<Double> ratios = rounds.stream()
                .map(round -> round.service().perSecond() / round.bare().perSecond())
                .toList();
        return new Result(
                mode,
                kind.endpoint(),
                service.name(),
                middle(rounds.stream().map(round -> round.service().perSecond()).toList()),
                middle(rounds.stream().map(round -> round.bare().perSecond()).toList()),
                middle(ratios),
                ratios,
                middle(rounds.stream()
                        .map(round -> round.service().latency().p50())
                        .toList()),
                middle(rounds.stream()
                        .map(round -> round.service().latency().p99())
                        .toList()),
                middle(rounds.stream().map(Round::cpuMicros).toList()),
                warmUp.answered()
                        + rounds.stream()
                                .mapToLong(round -> round.service().answered())
                                .sum(),
                warmUp.failed()
                        + rounds.stream()
                                .mapToLong(round -> round.service().failed())
                                .sum());
    }

    /// The median.
    static double middle(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
