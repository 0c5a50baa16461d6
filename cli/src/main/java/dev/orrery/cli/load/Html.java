package dev.orrery.cli.load;

import java.util.List;
import java.util.stream.Collectors;

/// The few pieces of a web page that a report is made of.
final class Html {

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #1c1917; max-width: 820px; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin-top: 2em }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: .2em .8em; text-align: right }
            td:first-child, th:first-child { text-align: left } th { border-bottom: 1px solid #a8a29e; font-weight: 600 }
            svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; fill: #44403c } .grid { stroke: #e7e5e4 }
            p.note { color: #57534e }
            """;

    private final StringBuilder html = new StringBuilder();

    Html(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>")
                .append(text(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(text(title))
                .append("</h1>\n");
    }

    String page() {
        return html + "</body>\n</html>\n";
    }

    void chart(String title, Chart chart) {
        heading(title);
        html.append(chart.svg()).append('\n');
    }

    void heading(String title) {
        html.append("<h2>").append(text(title)).append("</h2>\n");
    }

    void note(String note) {
        html.append("<p class=\"note\">").append(text(note)).append("</p>\n");
    }

    void table(List<String> heads, List<List<String>> rows) {
        html.append("<table>\n").append(row("th", heads));
        rows.forEach(row -> html.append(row("td", row)));
        html.append("</table>\n");
    }

    private static String row(String cell, List<String> texts) {
        return texts.stream()
                .map(text -> "<%s>%s</%s>".formatted(cell, text(text), cell))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
