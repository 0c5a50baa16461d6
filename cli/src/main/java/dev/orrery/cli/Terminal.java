package dev.orrery.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a command's output goes: a person's terminal of some width, or a file or pipe, in which lines are left whole.
///
/// @param live  whether somebody watches, so that a line can be drawn anew in place
/// @param width how many characters fit into a line; without a limit when nobody watches
public record Terminal(boolean live, int width) {

    /// What a terminal has that does not say.
    private static final int USUAL = 80;

    private static final int NARROWEST = 20;

    /// A command to paste goes from `./orrery` to the end of the line or of its clause, and stays in one piece.
    private static final Pattern PIECE = Pattern.compile("\\(?\\./orrery(?: [^\\s,;()]+)*[,;).]*|\\S+");

    private static final Terminal HERE = find();

    /// A pipe or a file.
    public static Terminal none() {
        return new Terminal(false, Integer.MAX_VALUE);
    }

    /// Where this process writes to, as it was when the process began.
    public static Terminal here() {
        return HERE;
    }

    private static Terminal find() {
        Console console = System.console();
        boolean live = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return live ? new Terminal(true, Math.max(NARROWEST, measured())) : none();
    }

    /// What `stty` says, since Java does not know.
    private static int measured() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return stty.waitFor(1, TimeUnit.SECONDS) && size.length == 2 && !size[1].equals("0")
                    ? Integer.parseInt(size[1])
                    : USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /// Text for several lines: broken between words where a line is full, the further lines of each paragraph set in
    /// as deep as its first and by `hang` more. A word that is longer than a line stays whole.
    ///
    /// @return the lines, joined by line feeds, without one at the end
    public String wrap(String text, int hang) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> wrap(line, hang, lines));
        return String.join("\n", lines);
    }

    public String wrap(String text) {
        return wrap(text, 0);
    }

    private void wrap(String text, int hang, List<String> lines) {
        if (text.length() <= width) {
            lines.add(text);
            return;
        }
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        StringBuilder line = new StringBuilder(indent);
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            boolean first = line.toString().isBlank();
            if (!first && line.length() + 1 + pieces.group().length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent + " ".repeat(hang));
                first = true;
            }
            line.append(first ? "" : " ").append(pieces.group());
        }
        lines.add(line.toString());
    }

    /// One line for drawing in place: cut where it would run into the next.
    public String fit(String line) {
        return line.length() < width ? line : line.substring(0, Math.max(0, width - 2)) + "…";
    }
}
