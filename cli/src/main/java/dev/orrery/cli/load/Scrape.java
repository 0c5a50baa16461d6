package dev.orrery.cli.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A service's metrics as it told them at some moment.
///
/// @param samples values by series, a series being a name and its labels as they are written
record Scrape(Map<String, Double> samples) {

    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][^{ ]*)(\\{.*})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    /// One value of a series.
    record Sample(String name, Map<String, String> labels, double value) {

        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /// What a service tells now; empty when it tells nothing.
    static Optional<Scrape> of(URI service) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/q/metrics"))
                .timeout(PATIENCE)
                .header("Accept", "text/plain")
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == OK ? Optional.of(parse(response.body())) : Optional.empty();
        } catch (IOException e) {
            // A service without metrics can still be measured from outside.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Scrape parse(String text) {
        Map<String, Double> samples = new HashMap<>();
        Matcher lines = SAMPLE.matcher(text);
        while (lines.find()) {
            String labels = lines.group(2) == null ? "" : lines.group(2);
            samples.put(lines.group(1) + labels, number(lines.group(3)));
        }
        return new Scrape(samples);
    }

    /// What was added to each series since an earlier look.
    Scrape since(Scrape before) {
        Map<String, Double> added = new HashMap<>();
        samples.forEach((series, value) -> added.put(series, value - before.samples.getOrDefault(series, 0.0)));
        return new Scrape(added);
    }

    /// The sum of all series of a name.
    double sum(String name) {
        return select(name::equals).mapToDouble(Sample::value).sum();
    }

    Stream<Sample> select(Predicate<String> name) {
        return samples.entrySet().stream()
                .filter(entry -> name.test(name(entry.getKey())))
                .map(entry -> new Sample(name(entry.getKey()), labels(entry.getKey()), entry.getValue()));
    }

    private static String name(String series) {
        int labels = series.indexOf('{');
        return labels < 0 ? series : series.substring(0, labels);
    }

    private static Map<String, String> labels(String series) {
        Map<String, String> labels = new HashMap<>();
        Matcher all = LABEL.matcher(series);
        while (all.find()) {
            labels.put(all.group(1), all.group(2));
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
