package dev.orrery.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/// A line chart as SVG that a page holds within itself.
final class Chart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 44;
    private static final int STEPS = 5;
    private static final String[] COLOURS = {"#1f6fb2", "#c2410c", "#15803d", "#7e22ce"};

    private final String across;
    private final String up;
    private final List<Line> lines = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private boolean logarithmic;

    /// A point, in the chart's own units.
    record Point(double x, double y) {}

    private record Line(String name, List<Point> points) {}

    private record Tick(double x, String text) {}

    /// @param across what the horizontal axis means, with its unit
    Chart(String across, String up) {
        this.across = across;
        this.up = up;
    }

    /// The vertical axis grows by powers.
    Chart logarithmic() {
        logarithmic = true;
        return this;
    }

    Chart line(String name, List<Point> points) {
        lines.add(new Line(name, points));
        return this;
    }

    /// Marks a place on the horizontal axis; without any, some are chosen.
    Chart tick(double x, String text) {
        ticks.add(new Tick(x, text));
        return this;
    }

    String svg() {
        List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
        return all.isEmpty() ? "<p>Nothing was measured.</p>" : svg(all);
    }

    private String svg(List<Point> all) {
        double left = all.stream().mapToDouble(Point::x).min().orElse(0);
        double right =
                Math.max(left + 1e-9, all.stream().mapToDouble(Point::x).max().orElse(1));
        double most = Math.max(1e-9, all.stream().mapToDouble(Point::y).max().orElse(1));
        double least = logarithmic ? floor(all) : 0;
        double top = logarithmic ? Math.pow(10, Math.ceil(Math.log10(Math.max(most, least * 1.01)))) : round(most);
        DoubleUnaryOperator x = value -> LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT);
        DoubleUnaryOperator y = value -> HEIGHT - BOTTOM - share(value, least, top) * (HEIGHT - TOP - BOTTOM);
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s by %s\">"
                .formatted(WIDTH, HEIGHT, up, across));
        grid(svg, least, top, y);
        places(svg, left, right, x);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), i, x, y);
        }
        return svg.append("</svg>").toString();
    }

    private double share(double value, double least, double top) {
        return logarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(top / least)
                : (value - least) / (top - least);
    }

    private void grid(StringBuilder svg, double least, double top, DoubleUnaryOperator y) {
        for (double value : logarithmic ? powers(least, top) : evenly(least, top)) {
            double at = y.applyAsDouble(value);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, at, at));
            svg.append(
                    format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, at + 4, number(value)));
        }
        svg.append(format(
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>", HEIGHT / 2, up));
    }

    private void places(StringBuilder svg, double left, double right, DoubleUnaryOperator x) {
        List<Tick> shown = new ArrayList<>(ticks);
        if (shown.isEmpty()) {
            for (double value : evenly(left, right)) {
                shown.add(new Tick(value, number(right - left > STEPS ? Math.rint(value) : value)));
            }
        }
        shown.forEach(tick -> svg.append(format(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                x.applyAsDouble(tick.x()), HEIGHT - BOTTOM + 16, tick.text())));
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across));
    }

    private static void draw(StringBuilder svg, Line line, int index, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        String colour = COLOURS[index % COLOURS.length];
        String points = line.points().stream()
                .map(point -> format("%.1f,%.1f", x.applyAsDouble(point.x()), y.applyAsDouble(point.y())))
                .collect(Collectors.joining(" "));
        svg.append(format("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>", colour, points));
        line.points()
                .forEach(point -> svg.append(format(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>",
                        x.applyAsDouble(point.x()), y.applyAsDouble(point.y()), colour)));
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
                LEFT + 8 + index * 150, TOP + 10, colour, line.name()));
    }

    private static double floor(List<Point> points) {
        double least = points.stream()
                .mapToDouble(Point::y)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(least)));
    }

    private static double round(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        return Math.ceil(most / power * 2) / 2 * power;
    }

    private static List<Double> powers(double least, double top) {
        List<Double> powers = new ArrayList<>();
        for (double value = least; value <= top * 1.001; value *= 10) {
            powers.add(value);
        }
        return powers;
    }

    private static List<Double> evenly(double from, double to) {
        List<Double> places = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            places.add(from + i * (to - from) / STEPS);
        }
        return places;
    }

    private static String number(double value) {
        return Math.abs(value) >= 10 || value == Math.rint(value) ? format("%,.0f", value) : format("%.1f", value);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
