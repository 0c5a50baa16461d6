package dev.orrery.cli.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/// Whether two reports differ by more than chance. Each is drawn anew many times from its own runs and their seconds,
/// in
/// stretches, because neighbours in time resemble each other; how far the ratio of a figure scatters over the draws is
/// its band.
///
/// @param figures what was compared
/// @param runs    the fewest runs that a report has
/// @param doubts  why the two may not be comparable
record Comparison(List<Figure> figures, int runs, List<String> doubts) {

    /// Fewer runs do not show how runs differ among themselves.
    static final int ENOUGH_RUNS = 3;

    private static final int DRAWS = 500;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    private static final long SEED = 1;

    /// One figure of both.
    ///
    /// @param ratio the second beside the first
    /// @param low   where the ratio's band of 95 % begins
    record Figure(String name, double first, double second, double ratio, double low, double high) {

        /// Whether the band leaves out that both are the same.
        boolean differs() {
            return low > 1 || high < 1;
        }
    }

    /// All seconds of one draw together.
    private record Sum(Histogram latencies, long answered, double seconds) {

        double micros(double share) {
            return Latency.micros(latencies, share);
        }

        double perSecond() {
            return answered / seconds;
        }
    }

    private record Quantity(String name, ToDoubleFunction<Sum> of) {}

    private static final List<Quantity> QUANTITIES = List.of(
            new Quantity("p50 us", sum -> sum.micros(0.5)),
            new Quantity("p90 us", sum -> sum.micros(0.9)),
            new Quantity("p99 us", sum -> sum.micros(0.99)),
            new Quantity("answers/s", Sum::perSecond));

    static Comparison of(Report first, Report second) {
        List<List<Part>> ones = parts(first);
        List<List<Part>> others = parts(second);
        Sum one = sum(ones.stream().flatMap(List::stream).toList());
        Sum other = sum(others.stream().flatMap(List::stream).toList());
        double[][] ratios = ratios(ones, others);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < QUANTITIES.size(); i++) {
            Quantity quantity = QUANTITIES.get(i);
            Arrays.sort(ratios[i]);
            double a = quantity.of().applyAsDouble(one);
            double b = quantity.of().applyAsDouble(other);
            figures.add(new Figure(
                    quantity.name(), a, b, b / a, ratios[i][(int) (LOW * DRAWS)], ratios[i][(int) (HIGH * DRAWS)]));
        }
        return new Comparison(
                figures, Math.min(first.runs().size(), second.runs().size()), doubts(first, second));
    }

    /// One second of a run, its histogram unpacked.
    private record Part(Histogram latencies, long answered) {}

    private static List<List<Part>> parts(Report report) {
        return report.runs().stream()
                .map(measured -> measured.run().seconds().stream()
                        .map(second -> new Part(second.latencies(), second.answered()))
                        .toList())
                .toList();
    }

    private static double[][] ratios(List<List<Part>> ones, List<List<Part>> others) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] ratios = new double[QUANTITIES.size()][DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            Sum one = sum(draw(ones, random));
            Sum other = sum(draw(others, random));
            for (int i = 0; i < ratios.length; i++) {
                ToDoubleFunction<Sum> of = QUANTITIES.get(i).of();
                ratios[i][draw] = of.applyAsDouble(other) / of.applyAsDouble(one);
            }
        }
        return ratios;
    }

    private static List<Part> draw(List<List<Part>> runs, SplittableRandom random) {
        List<Part> drawn = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<Part> run = runs.get(random.nextInt(runs.size()));
            int stretch = Math.max(1, (int) Math.round(Math.cbrt(run.size())));
            for (int taken = 0; taken < run.size(); taken += stretch) {
                int from = random.nextInt(run.size());
                for (int j = 0; j < Math.min(stretch, run.size() - taken); j++) {
                    drawn.add(run.get((from + j) % run.size()));
                }
            }
        }
        return drawn;
    }

    private static Sum sum(List<Part> parts) {
        Histogram sum = new Histogram(2);
        parts.forEach(part -> sum.add(part.latencies()));
        return new Sum(sum, parts.stream().mapToLong(Part::answered).sum(), parts.size());
    }

    private static List<String> doubts(Report first, Report second) {
        List<String> doubts = new ArrayList<>();
        doubt(doubts, "protocol", first.protocol(), second.protocol());
        doubt(doubts, "batch", first.batch(), second.batch());
        doubt(doubts, "connections", first.connections(), second.connections());
        doubt(
                doubts,
                "rate",
                first.runs().getFirst().rate(),
                second.runs().getFirst().rate());
        doubt(
                doubts,
                "users",
                first.runs().getFirst().users(),
                second.runs().getFirst().users());
        doubt(doubts, "rows", first.rows(), second.rows());
        doubt(doubts, "system", first.on().system(), second.on().system());
        doubt(doubts, "cores", first.on().cores(), second.on().cores());
        return doubts;
    }

    private static void doubt(List<String> doubts, String what, Object first, Object second) {
        if (!Objects.equals(first, second)) {
            doubts.add("%s: %s in the first, %s in the second".formatted(what, first, second));
        }
    }

    /// In words, what a figure's band allows to say.
    String verdict(Figure figure) {
        if (!figure.differs()) {
            return "no difference shown";
        }
        String way = figure.ratio() > 1 ? "higher" : "lower";
        return runs < ENOUGH_RUNS ? way + " in these runs" : way;
    }
}
