package dev.orrery.cli.client;

import java.util.List;
import java.util.function.Predicate;

/// monitoring-service.
public final class Monitoring {

    private static final int MOST = 1000;

    /// @param predictions how many have arrived
    public record Monitor(String endpoint, long predictions, List<Version> versions) {

        /// Windows that have a verdict; those with too few predictions have none.
        public long verdicts() {
            return count(Window::hasVerdict);
        }

        /// Windows in which something drifted. One alone is no alarm.
        public long drifted() {
            return count(Window::hasDrifted);
        }

        private long count(Predicate<Window> which) {
            return versions.stream()
                    .flatMap(version -> version.windows().stream())
                    .filter(which)
                    .count();
        }

        /// How many windows were closed.
        public long windows() {
            return versions.stream()
                    .flatMap(version -> version.windows().stream())
                    .mapToLong(Window::window)
                    .max()
                    .orElse(0);
        }

        /// Predictions in windows that are closed.
        public long closed() {
            return versions.stream()
                    .flatMap(version -> version.windows().stream())
                    .mapToLong(Window::predictions)
                    .sum();
        }

        /// Predictions in windows that still take more.
        public long open() {
            return versions.stream()
                    .filter(version -> version.openWindow() != null)
                    .mapToLong(version -> version.openWindow().predictions())
                    .sum();
        }
    }

    public record Version(String model, int version, OpenWindow openWindow, List<Window> windows) {}

    public record OpenWindow(long predictions) {}

    /// @param verdict insufficient-data, stable or drift
    public record Window(long window, long predictions, String verdict) {

        boolean hasVerdict() {
            return !verdict.equals("insufficient-data");
        }

        boolean hasDrifted() {
            return verdict.equals("drift");
        }
    }

    /// @param columns that drifted, worst first
    /// @param outputs the model's outputs that drifted too
    public record Alert(
            String id, String state, String severity, List<String> columns, List<String> outputs, String summary) {}

    private record Alerts(List<Alert> alerts) {}

    private final Client client;

    Monitoring(Client client) {
        this.client = client;
    }

    public Monitor monitor(String endpoint) {
        return monitor(endpoint, MOST);
    }

    /// @param windows so many of the newest of each version are shown
    public Monitor monitor(String endpoint, int windows) {
        return client.get("/v1/monitors/%s?limit=%d".formatted(endpoint, windows), Monitor.class);
    }

    /// Alerts of an endpoint, open and resolved, newest first.
    public List<Alert> alerts(String endpoint) {
        return client.get("/v1/alerts?endpoint=%s&limit=%d".formatted(endpoint, MOST), Alerts.class)
                .alerts();
    }
}
