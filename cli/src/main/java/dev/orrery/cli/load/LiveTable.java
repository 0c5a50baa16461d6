package dev.orrery.cli.load;

import dev.orrery.cli.Table;
import dev.orrery.cli.Terminal;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Shows a load while it runs: on a terminal a table that is drawn anew in place, elsewhere a line every few seconds.
final class LiveTable {

    private static final int ROWS = 8;
    private static final int PLAIN_EVERY = 5;

    private final PrintStream out;
    private final Terminal terminal;
    private final String what;
    private final Deque<Second> seconds = new ArrayDeque<>();
    private int drawn;

    /// @param phase what it is for: warming up or being measured
    private record Second(String phase, int at, Histogram latencies, long failed) {}

    LiveTable(PrintStream out, Terminal terminal, String what) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
    }

    /// @param at     seconds since the load began
    /// @param failed requests since the last time
    void tick(boolean warmingUp, int at, Histogram latencies, long failed) {
        seconds.addLast(new Second(warmingUp ? "warming up" : "measuring", at, latencies, failed));
        if (terminal.live()) {
            if (seconds.size() > ROWS) {
                seconds.removeFirst();
            }
            draw();
        } else if (seconds.size() == PLAIN_EVERY) {
            out.println("   " + line());
            seconds.clear();
        }
    }

    private void draw() {
        StringBuilder screen = new StringBuilder();
        if (drawn > 0) {
            screen.append("\033[").append(drawn).append("A\033[J");
        }
        Table table = new Table("SECOND", "", "ANSWERS/s", "p50 us", "p99 us", "MAX us", "FAILED");
        seconds.forEach(second -> table.row(
                String.format(Locale.ROOT, "%4d s", second.at()),
                second.phase(),
                second.latencies().getTotalCount(),
                Latency.micros(second.latencies(), 0.5),
                Latency.micros(second.latencies(), 0.99),
                Latency.micros(second.latencies(), 1),
                second.failed()));
        String text = "   " + what + "\n   " + table.toString().replace("\n", "\n   ") + "\n";
        text.lines().forEach(line -> screen.append(terminal.fit(line)).append('\n'));
        drawn = (int) text.lines().count();
        out.print(screen);
        out.flush();
    }

    private String line() {
        Histogram sum = new Histogram(2);
        seconds.forEach(second -> sum.add(second.latencies()));
        return String.format(
                Locale.ROOT,
                "%4d s  %s: %,.0f answers/s, p50 %,.0f us, p99 %,.0f us, %,d failed",
                seconds.getLast().at(),
                seconds.getLast().phase(),
                (double) sum.getTotalCount() / seconds.size(),
                Latency.micros(sum, 0.5),
                Latency.micros(sum, 0.99),
                seconds.stream().mapToLong(Second::failed).sum());
    }

    /// Takes the table away; what came of the load is told otherwise.
    void clear() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A\033[J");
            out.flush();
            drawn = 0;
        }
    }
}
