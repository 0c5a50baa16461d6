package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.PredictionsReader;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.kit.loop.Loops;
import dev.orrery.monitoring.drift.BinnedRows;
import dev.orrery.monitoring.drift.Binning;
import dev.orrery.monitoring.reference.Reference;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.usecase.MonitorSections;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Merges what was counted into the windows of each series, and closes them when they are full or over. Whoever merges
/// holds the series' lock, so instances may count the same series, and each window is closed once, in the transaction
/// that counts the prediction which fills it.
@ApplicationScoped
public class Windows {

    /// So much of a series waits for its reference; when more comes, the oldest is let go into windows without a
    /// verdict.
    static final long MOST_WAITING_BYTES = 8L << 20;

    private static final Duration TICK = Duration.ofMillis(250);

    private final References references;
    private final MonitorSections sections;
    private final Event<WindowsClosed> closed;
    private final Clock clock;

    Windows(References references, MonitorSections sections, Event<WindowsClosed> closed, Clock clock) {
        this.references = references;
        this.sections = sections;
        this.closed = closed;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("window-closer", TICK, this::closeWhatIsOver);
    }

    /// Takes predictions in, as part of the transaction that moves their partitions' places.
    ///
    /// @param arrivals of each series in the order in which they came
    @Transactional(TxType.MANDATORY)
    public void take(SortedMap<Series, List<Arrival>> arrivals) {
        Instant now = clock.instant();
        List<MonitoredSeries> locked = arrivals.keySet().stream()
                .map(series -> MonitoredSeries.locked(series, now))
                .toList();
        List<List<EvaluationClosed>> ended = new ArrayList<>();
        for (MonitoredSeries series : locked) {
            List<EvaluationClosed> full = new ArrayList<>();
            arrivals.get(series.series).forEach(arrival -> take(series, arrival, now, full));
            ended.add(full);
        }
        ended.forEach(this::tell);
    }

    /// Closes windows that are old enough, and takes up what waited for a reference that is there now.
    ///
    /// @return false: there is time until the next round
    boolean closeWhatIsOver() {
        List<MonitoredSeries> unfinished = QuarkusTransaction.requiringNew().call(MonitoredSeries::unfinished);
        unfinished.stream()
                .filter(this::isDue)
                .forEach(series -> QuarkusTransaction.requiringNew().run(() -> settle(series.series)));
        return false;
    }

    private boolean isDue(MonitoredSeries series) {
        boolean pending = reference(series) instanceof Reference.Pending;
        return !pending && (series.waiting > 0 || series.isOver(monitor(series), clock.instant()));
    }

    private void settle(Series key) {
        Optional<MonitoredSeries> there = MonitoredSeries.lockedIfThere(key).filter(this::isDue);
        if (there.isEmpty()) {
            return;
        }
        MonitoredSeries series = there.get();
        Instant now = clock.instant();
        Binning binning = reference(series).binningOrNull();
        List<EvaluationClosed> ended = new ArrayList<>();
        takeUp(series, binning, 0, now, ended);
        if (series.isOver(monitor(series), now)) {
            ended.add(series.close(binning, monitor(series)));
        }
        tell(ended);
    }

    private void tell(List<EvaluationClosed> ended) {
        if (!ended.isEmpty()) {
            closed.fire(new WindowsClosed(ended));
        }
    }

    private void take(MonitoredSeries series, Arrival arrival, Instant now, List<EvaluationClosed> full) {
        series.arrived(arrival, now);
        switch (arrival) {
            case Arrival.Binned binned -> {
                // What waits came first.
                takeUp(series, binned.rows().binning(), 0, now, full);
                series.take(binned.rows(), monitor(series), now, full::add);
            }
            case Arrival.Waiting waiting -> {
                if (waiting.predictions() > 0) {
                    series.putAside(WaitingBlock.of(waiting.block()));
                }
                takeUp(series, null, MOST_WAITING_BYTES, now, full);
            }
        }
    }

    /// Takes up the oldest blocks that wait, until no more than so many bytes do.
    private void takeUp(MonitoredSeries series, Binning binning, long most, Instant now, List<EvaluationClosed> full) {
        while (series.waitingBytes > most) {
            WaitingBlock.Taken taken = WaitingBlock.takeOldest(series.series).orElseThrow();
            series.takenUp(taken);
            BinnedRows rows = BinnedRows.read(binning, new PredictionsReader(taken.block()));
            series.take(rows, monitor(series), now, full::add);
        }
    }

    private Reference reference(MonitoredSeries series) {
        return references.of(series.series.model(), series.series.version());
    }

    private Monitor monitor(MonitoredSeries series) {
        return sections.of(series.series.endpoint());
    }
}
