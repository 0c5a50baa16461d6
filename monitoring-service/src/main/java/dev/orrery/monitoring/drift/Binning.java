package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Says of each value in which bin of a model version's reference it lies. The bins of all columns, features first and
/// then outputs, are numbered through, so that a prediction is counted by adding one at a few places of one array.
public final class Binning {

    /// The bins of one column.
    private static final class Column {
        private final int first;
        private final int other;
        private final int missing;
        private final double[] edges;
        private final Map<String, Integer> words = new HashMap<>();

        Column(Bins bins, int first) {
            this.first = first;
            other = first + bins.counts().length - 2;
            missing = first + bins.counts().length - 1;
            edges = bins.edges();
            if (edges == null) {
                IntStream.range(0, bins.words().size())
                        .forEach(i -> words.putIfAbsent(bins.words().get(i), first + i));
            }
        }

        int of(Object value) {
            if (value == null || "".equals(value)) {
                return missing;
            }
            if (edges == null) {
                boolean none = value instanceof Double number && number.isNaN();
                return none ? missing : words.getOrDefault(value.toString(), other);
            }
            return value instanceof Number number ? of(number.doubleValue()) : other;
        }

        private int of(double number) {
            if (!Double.isFinite(number)) {
                return Double.isNaN(number) ? missing : other;
            }
            int found = Arrays.binarySearch(edges, number);
            return first + (found >= 0 ? found + 1 : -found - 1);
        }
    }

    private final Profile profile;
    private final Column[] features;
    private final Column[] outputs;

    public Binning(Profile profile) {
        this.profile = profile;
        int first = 0;
        features = columns(profile.features(), first);
        for (Bins bins : profile.features()) {
            first += bins.counts().length;
        }
        outputs = columns(profile.outputs(), first);
    }

    public Profile profile() {
        return profile;
    }

    /// The bins of the predictions' values. A column that the reference has and the predictions have not is missing in
    /// all of them; one that it has not says nothing.
    BinnedRows bin(PredictionsHeader header, List<Prediction> rows) {
        int[] cells = places(profile.features(), header.columns());
        int[] answers = places(profile.outputs(), header.outputs());
        BinnedRows binned = new BinnedRows(this, header.deploymentRevision(), rows.size());
        for (Prediction row : rows) {
            binned.begin(row.at(), row.failure() == null);
            if (row.failure() == null) {
                bin(features, cells, row.cells(), binned);
                bin(outputs, answers, row.outputs(), binned);
            }
        }
        return binned;
    }

    /// How many columns have bins.
    int columns() {
        return features.length + outputs.length;
    }

    /// How many bins each column has.
    int[] widths() {
        return Stream.concat(profile.features().stream(), profile.outputs().stream())
                .mapToInt(bins -> bins.counts().length)
                .toArray();
    }

    private static void bin(Column[] columns, int[] places, List<Object> values, BinnedRows binned) {
        for (int i = 0; i < columns.length; i++) {
            binned.add(places[i] < 0 ? columns[i].missing : columns[i].of(values.get(places[i])));
        }
    }

    private static int[] places(List<Bins> bins, List<String> names) {
        return bins.stream().mapToInt(each -> names.indexOf(each.column())).toArray();
    }

    private static Column[] columns(List<Bins> bins, int first) {
        Column[] columns = new Column[bins.size()];
        int next = first;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column(bins.get(i), next);
            next += bins.get(i).counts().length;
        }
        return columns;
    }
}
