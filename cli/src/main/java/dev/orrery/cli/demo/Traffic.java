package dev.orrery.cli.demo;

import dev.orrery.cli.client.Monitoring;
import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.cli.client.Monitoring.Monitor;
import dev.orrery.cli.client.Services;
import dev.orrery.contracts.usecase.UseCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The end of the journey: predictions, and what monitoring makes of them.
final class Traffic {

    private static final int REQUEST = 100;

    private final Services services;
    private final Run run;
    private final UseCase useCase;

    private long sent;
    private long positive;

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
        run.story.tell("%,d predictions are answered; %,d say yes.", sent - sentBefore, positive - positiveBefore);
        if (sent > sentBefore) {
            settle();
        }
    }

    /// Alerts of the endpoint, but for those that are known already.
    List<Alert> alerts(List<Alert> known) {
        List<String> old = known.stream().map(Alert::id).toList();
        return services.monitoring().alerts(useCase.endpoint()).stream()
                .filter(alert -> !old.contains(alert.id()))
                .toList();
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

    private void settle() {
        Monitor monitor = Wait.seconds(180, "monitoring to judge %,d predictions".formatted(sent))
                .until(this::look, this::isSettled);
        long windows = monitor.windows();
        run.story.tell(
                "Monitoring has all %,d so far and has judged %d %s of them.",
                monitor.predictions(), windows, windows == 1 ? "window" : "windows");
        if (monitor.open() > 0) {
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
        run.story.progress("predictions seen by monitoring", monitor.predictions(), sent);
        return monitor;
    }

    private boolean isSettled(Monitoring.Monitor monitor) {
        return monitor.predictions() >= sent
                && monitor.open() < useCase.monitor().window().predictions()
                && monitor.judged() + monitor.open() == monitor.predictions();
    }
}
