package dev.orrery.cli.load;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the inference service says of the same time.
///
/// @param stages where its requests spent their time; empty where it does not tell
/// @param log    what its metrics tell of the prediction log: of counters what was added, of others the last value
record Inside(List<Time> stages, Map<String, Double> log) {

    private static final String TOTAL = "_total";
    private static final String LOG = "orrery_prediction_log";
    private static final String REQUESTS = "orrery_inference";
    private static final String STAGE = "stage";
    private static final String ENDPOINT = "endpoint";
    private static final String WHOLE = "whole";
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double HIGH = 0.99;

    /// How long one stage took, microseconds.
    ///
    /// @param name queue, parse, compute and so on, and `whole` for all of a request
    /// @param p99  the end of the bucket in which it lies; null where there are no buckets
    record Time(String name, long count, double mean, Double p99) {}

    Inside {
        stages = List.copyOf(stages);
        log = Map.copyOf(log);
    }

    static Inside of(Scrape before, Scrape after, String endpoint) {
        Scrape added = after.since(before);
        return new Inside(stages(added, endpoint), log(added, after));
    }

    private static List<Time> stages(Scrape added, String endpoint) {
        Map<String, Stage> stages = new HashMap<>();
        added.select(name -> name.startsWith(REQUESTS)).forEach(sample -> {
            String of = sample.label(ENDPOINT);
            String stage = sample.label(STAGE);
            if (sample.name().contains("seconds") && of.equals(endpoint)) {
                stages.computeIfAbsent(stage.isEmpty() ? WHOLE : stage, _ -> new Stage())
                        .add(sample);
            }
        });
        return stages.entrySet().stream()
                .filter(entry -> entry.getValue().count > 0)
                .map(entry -> entry.getValue().time(entry.getKey()))
                .sorted(Comparator.comparing(time -> time.name().equals(WHOLE) ? "~" : time.name()))
                .toList();
    }

    private static Map<String, Double> log(Scrape added, Scrape last) {
        Map<String, Double> log = new TreeMap<>();
        for (Scrape scrape : List.of(added, last)) {
            scrape.select(name -> name.startsWith(LOG) && !name.contains("seconds") && !name.endsWith("_bucket"))
                    .filter(sample -> sample.name().endsWith(TOTAL) == scrape.equals(added))
                    .forEach(sample -> log.merge(sample.name(), sample.value(), Double::sum));
        }
        return log;
    }

    private static final class Stage {
        private final TreeMap<Double, Double> buckets = new TreeMap<>();
        private double sum;
        private double count;

        void add(Scrape.Sample sample) {
            if (sample.name().endsWith("_sum")) {
                sum += sample.value();
            } else if (sample.name().endsWith("_count")) {
                count += sample.value();
            } else if (sample.name().endsWith("_bucket")) {
                String end = sample.label("le");
                buckets.merge(
                        end.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(end),
                        sample.value(),
                        Double::sum);
            }
        }

        Time time(String name) {
            Double p99 = buckets.entrySet().stream()
                    .filter(bucket -> bucket.getValue() >= HIGH * count)
                    .map(Map.Entry::getKey)
                    .filter(Double::isFinite)
                    .findFirst()
                    .map(seconds -> seconds * MICROS_PER_SECOND)
                    .orElse(null);
            return new Time(name, (long) count, sum / count * MICROS_PER_SECOND, p99);
        }
    }
}
