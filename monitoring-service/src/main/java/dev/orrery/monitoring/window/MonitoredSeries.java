package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.BinnedRows;
import dev.orrery.monitoring.drift.Binning;
import dev.orrery.monitoring.drift.Counts;
import dev.orrery.monitoring.drift.Judgement;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// How far a series has come, and its open window: whoever changes it holds its row's lock.
@Entity
@Table(name = "monitored_series")
public class MonitoredSeries extends PanacheEntityBase {

    private static final String UNLESS_THERE = """
            INSERT INTO monitored_series (endpoint, model, version, role, epoch, predictions, failed, estimated, refused,
                windows, moved_at, open_predictions, open_revision, waiting, waiting_bytes)
            VALUES (:endpoint, :model, :version, :role, :now, 0, 0, 0, 0, 0, :now, 0, 0, 0, 0)
            ON CONFLICT DO NOTHING
            """;

    @EmbeddedId
    public Series series;

    /// When the count began: a series that was retired begins again.
    public Instant epoch;

    /// Each prediction that arrived since then, once.
    public long predictions;

    /// Those of them without outputs.
    public long failed;

    /// How many predictions were made, by the weights of those that arrived: more, where only some are logged.
    public double estimated;

    /// Requests that were refused as wrong or as too many. They are in no window.
    public long refused;

    /// How many windows were closed.
    public long windows;

    /// When the latest prediction arrived, by this machine's clock.
    public Instant movedAt;

    Instant openedAt;
    Instant openFrom;
    Instant openTo;
    long openPredictions;
    long openRevision;
    byte[] openCounts;

    /// Predictions in blocks that wait for the version's reference, and how large these are.
    long waiting;

    long waitingBytes;
    Instant waitingSince;

    @Transient
    private OpenWindow open;

    /// The series, which nobody else changes until the transaction ends.
    static MonitoredSeries locked(Series series, Instant now) {
        MonitoredSeries known = findById(series, LockModeType.PESSIMISTIC_WRITE);
        if (known != null) {
            return known;
        }
        getEntityManager()
                .createNativeQuery(UNLESS_THERE)
                .setParameter("endpoint", series.endpoint())
                .setParameter("model", series.model())
                .setParameter("version", series.version())
                .setParameter("role", series.role().name())
                .setParameter("now", now)
                .executeUpdate();
        return findById(series, LockModeType.PESSIMISTIC_WRITE);
    }

    /// The series as it is, if there is one, which nobody else changes until the transaction ends.
    static Optional<MonitoredSeries> lockedIfThere(Series series) {
        return findByIdOptional(series, LockModeType.PESSIMISTIC_WRITE);
    }

    /// Those that have predictions which no closed window holds yet.
    static List<MonitoredSeries> unfinished() {
        return list("openedAt is not null or waiting > 0");
    }

    /// Newest version first.
    public static List<MonitoredSeries> of(String endpoint) {
        return list("series.endpoint = ?1 order by series.version desc, series.model, series.role", endpoint);
    }

    /// The endpoints after the given one, by name, each with how many predictions came of it.
    ///
    /// @param type a record of a name and a number
    public static <T> List<T> endpoints(String after, int most, Class<T> type) {
        return find(
                        "select series.endpoint, sum(predictions) from MonitoredSeries"
                                + " where series.endpoint > ?1 group by series.endpoint order by series.endpoint",
                        after)
                .project(type)
                .page(0, most)
                .list();
    }

    /// Predictions that no closed window holds yet.
    public long unjudged() {
        return openPredictions + waiting;
    }

    /// The earliest of these, by its own time; null when there is none.
    public Instant unjudgedSince() {
        return openFrom == null ? waitingSince : openFrom;
    }

    /// Predictions have arrived, whether they can be counted over bins or not.
    void arrived(Arrival arrival, Instant now) {
        predictions += arrival.predictions();
        failed += arrival.failed();
        estimated += arrival.estimated();
        refused += arrival.refused();
        movedAt = now;
    }

    /// Takes predictions into windows; each ends with exactly the prediction that fills it.
    ///
    /// @param closed is told of each window that is full
    void take(BinnedRows rows, Monitor monitor, Instant now, Consumer<EvaluationClosed> closed) {
        if (rows.size() == 0) {
            return;
        }
        int row = 0;
        while (row < rows.size()) {
            OpenWindow window = open() == null ? OpenWindow.open(now, rows, row) : open();
            int end = Math.min(rows.size(), row + window.room(monitor));
            open = window.add(rows, row, end);
            row = end;
            if (open.isFull(monitor)) {
                closed.accept(close(rows.binning(), monitor));
            }
        }
        keepOpen();
    }

    /// Puts aside a block that cannot be counted yet.
    void putAside(WaitingBlock block) {
        block.series = series;
        block.persist();
        waiting += block.predictions;
        waitingBytes += block.block.length;
        waitingSince = waitingSince == null ? block.earliest : waitingSince;
    }

    /// One that was put aside is no longer.
    void takenUp(WaitingBlock.Taken block) {
        waiting -= block.predictions();
        waitingBytes -= block.block().length;
        waitingSince = waiting == 0 ? null : waitingSince;
    }

    /// Whether the open window has been open for long enough.
    boolean isOver(Monitor monitor, Instant now) {
        return open() != null && open().isOver(monitor, now);
    }

    /// Ends the open window.
    ///
    /// @param binning what to judge it by; null where there is no reference
    EvaluationClosed close(Binning binning, Monitor monitor) {
        OpenWindow window = open();
        Judgement judgement = window.judge(binning, monitor.drift());
        windows++;
        open = null;
        keepOpen();
        return new EvaluationClosed(
                series.endpoint(),
                series.model(),
                series.version(),
                series.role(),
                window.deploymentRevision(),
                epoch,
                windows,
                window.from(),
                window.to(),
                window.predictions(),
                judgement.verdict(),
                judgement.columns(),
                judgement.outputs(),
                judgement.severity());
    }

    OpenWindow open() {
        if (open == null && openedAt != null) {
            Counts counts = openCounts == null ? null : Counts.of(openCounts);
            open = new OpenWindow(openedAt, openFrom, openTo, openPredictions, counts, openRevision);
        }
        return open;
    }

    private void keepOpen() {
        boolean none = open == null;
        openedAt = none ? null : open.openedAt();
        openFrom = none ? null : open.from();
        openTo = none ? null : open.to();
        openPredictions = none ? 0 : open.predictions();
        openRevision = none ? 0 : open.deploymentRevision();
        openCounts = none || open.counts() == null ? null : open.counts().toBytes();
    }
}
