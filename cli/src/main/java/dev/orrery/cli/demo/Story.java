package dev.orrery.cli.demo;

import java.io.PrintStream;
import java.util.Locale;

/// Tells what happens, a sentence at a time, with a bar where something takes long and somebody watches.
final class Story {

    private static final int BAR = 30;
    private static final int LINE = 100;

    private final PrintStream out;
    private final boolean watched;
    private boolean barShown;

    /// @param watched whether lines can be rewritten: a terminal, not a file
    Story(PrintStream out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    void heading(int number, String title) {
        clear();
        out.println();
        out.println(number + ". " + title);
    }

    /// @param arguments as for [String#format], with points in decimals wherever one lives
    void tell(String sentence, Object... arguments) {
        clear();
        out.println("   " + String.format(Locale.ROOT, sentence, arguments));
    }

    void blank() {
        clear();
        out.println();
    }

    /// Shows how far something is.
    void progress(String what, long done, long total) {
        if (!watched || total <= 0) {
            return;
        }
        int filled = (int) Math.min(BAR, BAR * done / total);
        String bar = "#".repeat(filled) + ".".repeat(BAR - filled);
        show(String.format(Locale.ROOT, "   [%s] %,d of %,d %s", bar, Math.min(done, total), total, what));
    }

    /// Shows what is being waited for.
    void waiting(String what) {
        if (watched) {
            show("   " + what);
        }
    }

    PrintStream out() {
        clear();
        return out;
    }

    private void show(String line) {
        out.print("\r" + pad(line));
        out.flush();
        barShown = true;
    }

    private void clear() {
        if (barShown) {
            out.print("\r" + pad("") + "\r");
            barShown = false;
        }
    }

    private static String pad(String line) {
        return line.length() > LINE ? line.substring(0, LINE) : line + " ".repeat(LINE - line.length());
    }
}
