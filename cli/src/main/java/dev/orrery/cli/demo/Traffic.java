package dev.orrery.cli.demo;

import dev.orrery.cli.client.Monitoring;
import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.cli.client.Monitoring.Monitor;
import dev.orrery.cli.client.Services;
import dev.orrery.contracts.usecase.UseCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The end of the journey: predictions, and what monitoring makes of them.
final class Traffic {

    private static final int REQUEST = 100;
    /// Seconds that a verdict may take once its window is closed.
    private static final int GRACE = 30;

    private final Services services;
    private final Run run;
    private final UseCase useCase;

    private long sent;
    private long positive;
    private long verdicts;
    private long verdictsOfLast;
    private long drifted;
    private long driftedOfLast;
    private boolean alarmed;

    Traffic(Services services, Run run, UseCase useCase) {
        this.services = services;
        this.run = run;
        this.useCase = useCase;
        run.summary.predictionsSent = 0L;
        run.summary.predictionsLogged = 0L;
    }

    /// Rows to be asked about, given one after the other.
    interface Crowd {
        void forEach(Consumer<Map<String, Object>> row);
    }

    /// Asks for a prediction of each row, and returns when monitoring has them all and every full window is judged.
    ///
    /// @param expected about how many rows there are, for the bar
    void send(Crowd crowd, long expected) {
        long sentBefore = sent;
        long positiveBefore = positive;
        List<Map<String, Object>> request = new ArrayList<>(REQUEST);
        crowd.forEach(row -> {
            request.add(row);
            if (request.size() == REQUEST) {
                ask(request);
                run.story.progress("predictions answered", sent - sentBefore, expected);
            }
        });
        if (!request.isEmpty()) {
            ask(request);
        }
        long answered = sent - sentBefore;
        if (answered == 0) {
            run.story.tell("There is nobody to ask about.");
            verdictsOfLast = 0;
            driftedOfLast = 0;
            return;
        }
        long yes = positive - positiveBefore;
        run.story.tell(
                "%,d predictions are answered; %,d (%d %%) say %s.",
                answered, yes, 100 * yes / answered, useCase.task().yes());
        settle();
    }

    /// Whether monitoring came to a verdict about the crowd that was sent last. Without one, no alarm means nothing.
    boolean isJudged() {
        return verdictsOfLast > 0;
    }

    /// Windows of the crowd that was sent last in which something drifted.
    long drifted() {
        return driftedOfLast;
    }

    /// Whether there was an alarm at any time.
    boolean alarmed() {
        return alarmed;
    }

    /// Fewer predictions than this get no verdict.
    int minimum() {
        return useCase.monitor().drift().minimum();
    }

    /// Alerts of the endpoint, but for those that are known already.
    List<Alert> alerts(List<Alert> known) {
        List<String> old = known.stream().map(Alert::id).toList();
        List<Alert> alerts = services.monitoring().alerts(useCase.endpoint()).stream()
                .filter(alert -> !old.contains(alert.id()))
                .toList();
        alarmed |= !alerts.isEmpty();
        return alerts;
    }

    private void ask(List<Map<String, Object>> request) {
        var answer = services.inference().predict(useCase.endpoint(), request);
        if (answer.predictions().size() != request.size()) {
            run.wrong(
                    "%d rows were asked about, but %d answered.",
                    request.size(), answer.predictions().size());
        }
        sent += answer.predictions().size();
        positive += answer.predictions().stream()
                .filter(prediction -> prediction.decision())
                .count();
        run.summary.predictionsSent = sent;
        request.clear();
    }

    /// Waits until everything has arrived and every full window is closed; if none is, until the open one is old
    /// enough,
    /// where that can bring a verdict.
    private void settle() {
        Monitor monitor = run.patience(180, "monitoring to have all %,d predictions".formatted(sent))
                .until(this::look, this::isSettled);
        if (monitor.verdicts() == verdicts
                && monitor.open() >= useCase.monitor().drift().minimum()) {
            Duration age = useCase.monitor().window().atMost();
            run.story.tell("No window is full, so the verdict comes when the open one is %d s old.", age.toSeconds());
            monitor = run.patience((int) age.toSeconds() + GRACE, "the window to close")
                    .until(this::look, seen -> seen.verdicts() > verdicts);
        }
        verdictsOfLast = monitor.verdicts() - verdicts;
        verdicts = monitor.verdicts();
        driftedOfLast = monitor.drifted() - drifted;
        drifted = monitor.drifted();
        run.summary.windowsJudged = verdicts;
        run.story.tell(
                "Monitoring has all %,d so far, and a verdict about %d %s of these.",
                monitor.predictions(), verdictsOfLast, verdictsOfLast == 1 ? "window" : "windows");
        if (monitor.open() > 0 && verdictsOfLast > 0) {
            run.story.tell(
                    "%,d wait in a window that is not full; it is judged when it is %d s old.",
                    monitor.open(), useCase.monitor().window().atMost().toSeconds());
        }
        if (monitor.predictions() != sent) {
            run.wrong("%,d predictions were sent, but %,d arrived.", sent, monitor.predictions());
        }
    }

    private Monitor look() {
        Monitor monitor = services.monitoring().monitor(useCase.endpoint());
        run.summary.predictionsLogged = monitor.predictions();
        if (monitor.predictions() < sent) {
            run.story.progress("predictions seen by monitoring", monitor.predictions(), sent);
        }
        return monitor;
    }

    private boolean isSettled(Monitoring.Monitor monitor) {
        return monitor.predictions() >= sent
                && monitor.open() < useCase.monitor().window().predictions()
                && monitor.closed() + monitor.open() == monitor.predictions();
    }
}
