package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.Flag;
import dev.orrery.model.Output;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Says what was counted when somebody scrapes. Labels come from deployments alone, so nobody can make them many.
final class MetersInWords extends Collector {

    private static final String STAGES = "orrery_inference_stage_seconds";
    private static final String SCORES = "orrery_inference_score";
    private static final String MISSING = "orrery_inference_feature_missing";
    private static final String FLAGGED = "orrery_inference_feature_flagged";
    private static final List<Flag.Kind> FLAGS =
            List.of(Flag.Kind.OUT_OF_RANGE, Flag.Kind.UNSEEN, Flag.Kind.BROKEN_TEXT);
    private static final List<String> LABELS = List.of("endpoint", "model", "version", "role");

    private final Supplier<List<VersionMeters>> versions;

    MetersInWords(Supplier<List<VersionMeters>> versions) {
        this.versions = versions;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> stages = new ArrayList<>();
        List<MetricFamilySamples.Sample> scores = new ArrayList<>();
        CounterMetricFamily missing =
                new CounterMetricFamily(MISSING, "Rows in which the feature had no value", with(LABELS, "feature"));
        CounterMetricFamily flagged = new CounterMetricFamily(
                FLAGGED, "Rows in which the feature's value was unusual", with(LABELS, "feature", "flag"));
        for (VersionMeters version : versions.get()) {
            stages(version, stages);
            scores(version, scores);
            features(version, missing, flagged);
        }
        return List.of(
                new MetricFamilySamples(STAGES, Type.HISTOGRAM, "Where the time of a request goes", stages),
                new MetricFamilySamples(SCORES, Type.HISTOGRAM, "The probabilities that were answered", scores),
                missing,
                flagged);
    }

    private static void features(VersionMeters version, CounterMetricFamily missing, CounterMetricFamily flagged) {
        for (int feature = 0; feature < version.features().size(); feature++) {
            List<String> labels = with(version.labels(), version.features().get(feature));
            missing.addMetric(labels, version.missing(feature));
            for (Flag.Kind flag : FLAGS) {
                flagged.addMetric(with(labels, flag.word()), version.flagged(flag, feature));
            }
        }
    }

    private static void stages(VersionMeters version, List<MetricFamilySamples.Sample> to) {
        for (Stage stage : Stage.values()) {
            for (int size = 0; size < VersionMeters.SIZES.size(); size++) {
                Histogram.Counted counted = version.stage(stage, size).counted();
                if (counted.count() > 0) {
                    List<String> values = with(version.labels(), stage.word(), VersionMeters.SIZES.get(size));
                    add(to, STAGES, with(LABELS, "stage", "rows"), values, counted);
                }
            }
        }
    }

    private static void scores(VersionMeters version, List<MetricFamilySamples.Sample> to) {
        for (int place = 0; place < version.computed().size(); place++) {
            if (version.scores(place) != null) {
                Output output = version.computed().get(place);
                Histogram.Counted counted = version.scores(place).counted();
                add(to, SCORES, with(LABELS, "output"), with(version.labels(), output.name()), counted);
            }
        }
    }

    private static void add(
            List<MetricFamilySamples.Sample> to,
            String name,
            List<String> labels,
            List<String> values,
            Histogram.Counted counted) {
        List<String> bucketLabels = with(labels, "le");
        for (int bound = 0; bound < counted.bounds().length; bound++) {
            List<String> bucket = with(values, doubleToGoString(counted.bounds()[bound]));
            to.add(new MetricFamilySamples.Sample(name + "_bucket", bucketLabels, bucket, counted.upTo()[bound]));
        }
        to.add(new MetricFamilySamples.Sample(name + "_bucket", bucketLabels, with(values, "+Inf"), counted.count()));
        to.add(new MetricFamilySamples.Sample(name + "_count", labels, values, counted.count()));
        to.add(new MetricFamilySamples.Sample(name + "_sum", labels, values, counted.sum()));
    }

    private static List<String> with(List<String> list, String... more) {
        List<String> all = new ArrayList<>(list);
        all.addAll(List.of(more));
        return all;
    }
}
