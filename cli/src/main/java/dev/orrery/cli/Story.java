package dev.orrery.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Tells what happens, a sentence at a time. What takes long shows how far it is: on a terminal in place, elsewhere
/// with
/// a line every few seconds, so that nobody takes it for dead.
public final class Story {

    private static final String INDENT = "   ";
    private static final int BAR = 30;
    private static final int BRACKETS = 4;
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Terminal terminal;
    private final LongSupplier nanos;
    private boolean drawn;
    private long lastSaid;

    public Story(PrintStream out, Terminal terminal) {
        this(out, terminal, System::nanoTime);
    }

    /// @param nanos the time, as [System#nanoTime] gives it
    Story(PrintStream out, Terminal terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        lastSaid = nanos.getAsLong();
    }

    /// Begins a chapter.
    public void heading(int number, String title) {
        out().println();
        print(number + ". " + title, 0);
    }

    /// @param arguments as for [String#format], with points in decimals wherever one lives
    public void tell(String sentence, Object... arguments) {
        print(INDENT + String.format(Locale.ROOT, sentence, arguments), 0);
    }

    /// Tells one of several things, its further lines set in below it.
    public void item(String sentence, Object... arguments) {
        print(INDENT + "  " + String.format(Locale.ROOT, sentence, arguments), 2);
    }

    /// Says what came of it all, outside of any chapter.
    public void conclude(String sentence, Object... arguments) {
        print(String.format(Locale.ROOT, sentence, arguments), 0);
    }

    /// Prints a table, which is laid out already. Where it does not fit, it is cut by nobody.
    public void table(String rows) {
        rows.lines().forEach(row -> out().println(INDENT + row));
        lastSaid = nanos.getAsLong();
    }

    /// Whether a table of so many columns of text fits.
    public boolean fits(int columns) {
        return INDENT.length() + columns <= terminal.width();
    }

    public void blank() {
        out().println();
    }

    /// Shows how far something is.
    public void progress(String what, long done, long total) {
        String text = String.format(Locale.ROOT, "%,d of %,d %s", Math.min(done, total), total, what);
        if (total > 0 && terminal.live()) {
            int width = Math.clamp(terminal.width() - INDENT.length() - text.length() - BRACKETS, 0, BAR);
            int filled = (int) Math.min(width, width * done / total);
            String bar = width < BAR / 3 ? "" : "[" + "#".repeat(filled) + ".".repeat(width - filled) + "] ";
            draw(INDENT + bar + text);
        } else if (total > 0) {
            sayAfterSilence(text);
        }
    }

    /// Says what is being waited for, if nothing else was said for a while.
    public void waiting(String what) {
        if (nanos.getAsLong() - lastSaid < SILENCE.toNanos()) {
            return;
        }
        if (terminal.live()) {
            draw(INDENT + "waiting for " + what);
        } else {
            sayAfterSilence("waiting for " + what);
        }
    }

    /// For what others print in between.
    public PrintStream out() {
        if (drawn) {
            out.print("\r\033[2K");
            drawn = false;
        }
        return out;
    }

    private void print(String text, int hang) {
        out().println(terminal.wrap(text, hang));
        lastSaid = nanos.getAsLong();
    }

    private void sayAfterSilence(String text) {
        if (nanos.getAsLong() - lastSaid >= SILENCE.toNanos()) {
            print(INDENT + "… " + text, 0);
        }
    }

    private void draw(String line) {
        out.print("\r\033[2K" + terminal.fit(line));
        out.flush();
        drawn = true;
    }
}
