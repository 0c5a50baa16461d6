package dev.orrery.cli.bench;

import java.util.ArrayList;
import java.util.List;

/// Latency of a service at half the highest rate it reached, beside that of fixed bytes at the same rate, in turns.
/// Times
/// are counted from when a request was due.
///
/// @param ratio of the two p99; the middle of all rounds, as the others
record HalfRate(String model, double rate, double p99Micros, double bareP99Micros, double ratio) {

    static HalfRate measure(Duel duel, double rate, int seconds, int rounds) {
        List<Double> service = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            bare.add(duel.bare().ask(duel.bareWire(), rate, seconds).latency().p99());
            service.add(duel.service().ask(duel.wire(), rate, seconds).latency().p99());
            ratios.add(service.getLast() / bare.getLast());
        }
        return new HalfRate(duel.kind().endpoint(), rate, Duel.middle(service), Duel.middle(bare), Duel.middle(ratios));
    }
}
