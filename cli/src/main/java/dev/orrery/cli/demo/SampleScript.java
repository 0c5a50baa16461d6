package dev.orrery.cli.demo;

import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.cli.client.Validation.Rejection;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.simulation.Customer;
import dev.orrery.cli.simulation.Planted;
import dev.orrery.cli.simulation.RocAuc;
import dev.orrery.cli.simulation.Sample;
import dev.orrery.cli.simulation.World;
import dev.orrery.contracts.usecase.Split;
import dev.orrery.contracts.usecase.Training;
import dev.orrery.contracts.usecase.UseCase;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The sample's customers come from a world whose truth is known: so every figure has one to be held against.
final class SampleScript implements Script {

    private static final int PREDICTIONS = 2_000;

    private final Run run;
    private final List<Planted> planted;

    /// @param planted the faults that the file has
    SampleScript(Run run, List<Planted> planted) {
        this.run = run;
        this.planted = planted;
    }

    @Override
    public void inspect(Data data, UseCase useCase, Data.Accepted accepted) {
        long expected = brokenRows().size();
        List<Rejection> rejections =
                data.rejections(useCase.datasetName(), accepted.batch(), Math.min(expected, run.summary.rowsRejected));
        Set<Planted> found = rejections.stream()
                .flatMap(row ->
                        row.reasons().stream().map(reason -> new Planted(row.row(), reason.column(), reason.check())))
                .collect(Collectors.toSet());
        boolean same = found.equals(new HashSet<>(planted)) && run.summary.rowsRejected == expected;
        run.summary.rejectedAsPlanted = same;
        if (same) {
            run.story.tell(
                    "They are exactly the %d rows that were broken on purpose, for exactly the %d planted reasons.",
                    expected, planted.size());
        } else {
            run.wrong(
                    "the rejected rows are not the planted ones: missed %s, unexpected %s.",
                    difference(planted, found), difference(found, planted));
        }
    }

    @Override
    public OptionalDouble bestPossible(UseCase useCase, Contest trained) {
        Training training = useCase.training();
        Set<Long> broken = brokenRows();
        List<Customer> holdout = Sample.known()
                .customers(Sample.ROWS)
                .filter(customer -> !broken.contains((long) customer.row()))
                .filter(customer -> training.split().partOf(customer.key(), training.seed()) == Split.Part.HOLDOUT)
                .toList();
        long judged = trained.metrics().holdoutRows();
        if (holdout.size() != judged) {
            run.wrong("the models were judged on %,d rows, but the holdout has %,d.", judged, holdout.size());
        }
        RocAuc truth = new RocAuc();
        holdout.forEach(customer -> truth.add(customer.probability(), customer.churned()));
        run.summary.bestPossibleRocAuc = truth.value();
        return OptionalDouble.of(run.summary.bestPossibleRocAuc);
    }

    @Override
    public void predict(Traffic traffic, UseCase useCase, Data.Accepted accepted) {
        List<Alert> before = run.step("predict", "Predict for new customers of the same world", Part.MONITORING, () -> {
            traffic.send(crowd(Sample.fresh()), PREDICTIONS);
            return quiet(traffic);
        });
        World shifted = Sample.shifted();
        run.step("predict_shifted", "Predict for customers of a world that has changed", Part.MONITORING, () -> {
            run.story.tell("What has changed: %s.", String.join(" and ", Sample.SHIFTS));
            traffic.send(crowd(shifted), PREDICTIONS);
            return alarmed(traffic, before, new TreeSet<>(shifted.shiftedColumns()));
        });
    }

    private List<Alert> quiet(Traffic traffic) {
        List<Alert> alerts = traffic.alerts(List.of());
        run.summary.alertsBeforeShift = alerts;
        if (!traffic.isJudged()) {
            run.wrong("monitoring came to no verdict about %,d predictions.", PREDICTIONS);
        } else if (alerts.isEmpty()) {
            run.story.tell("No alarm, and none was due.");
        } else {
            run.wrong(
                    "there is an alarm where nothing has changed: %s",
                    alerts.getFirst().summary());
        }
        return alerts;
    }

    private List<Alert> alarmed(Traffic traffic, List<Alert> before, Set<String> shifted) {
        List<Alert> alerts = traffic.alerts(before);
        run.summary.alertsAfterShift = alerts;
        alerts.forEach(alert -> run.story.tell("ALARM (%s): %s", alert.severity(), alert.summary()));
        if (alerts.isEmpty()) {
            run.wrong("there is no alarm, although %s have changed.", shifted);
        } else if (alerts.stream().allMatch(alert -> new TreeSet<>(alert.columns()).equals(shifted))) {
            run.story.tell("It names exactly the columns that have changed.");
        } else {
            run.wrong(
                    "%s have changed, but the alarm names %s.",
                    shifted, alerts.stream().map(Alert::columns).toList());
        }
        return alerts;
    }

    private static Traffic.Crowd crowd(World world) {
        return taker -> world.customers(PREDICTIONS).map(Customer::question).forEach(taker);
    }

    private Set<Long> brokenRows() {
        return planted.stream().map(Planted::row).collect(Collectors.toSet());
    }

    private static List<Planted> difference(Iterable<Planted> from, Iterable<Planted> other) {
        Set<Planted> left = new HashSet<>();
        from.forEach(left::add);
        other.forEach(left::remove);
        return List.copyOf(left);
    }
}
