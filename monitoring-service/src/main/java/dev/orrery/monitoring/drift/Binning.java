package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.PredictionsHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Says of each value in which bin of a model version's reference it lies. The bins of all columns, features first and
/// then outputs, are numbered through, so that a prediction is counted by adding one at a few places of one array.
public final class Binning {

    private final Profile profile;
    private final List<BinnedColumn> features;
    private final List<BinnedColumn> outputs;

    public Binning(Profile profile) {
        this.profile = profile;
        features = columns(profile.features(), 0);
        outputs = columns(
                profile.outputs(),
                features.stream().mapToInt(BinnedColumn::width).sum());
    }

    public Profile profile() {
        return profile;
    }

    /// How many columns have bins.
    int columns() {
        return features.size() + outputs.size();
    }

    /// How many bins each column has.
    int[] widths() {
        return Stream.concat(features.stream(), outputs.stream())
                .mapToInt(BinnedColumn::width)
                .toArray();
    }

    /// Where the cells of predictions go. A column that the reference has and the predictions have not is missing in
    /// all
    /// of them; one that it has not says nothing.
    BinnedCells cells(PredictionsHeader header) {
        return BinnedCells.of(features, header.columns());
    }

    /// Where the outputs of predictions go.
    BinnedCells outputs(PredictionsHeader header) {
        return BinnedCells.of(outputs, header.outputs());
    }

    private static List<BinnedColumn> columns(List<Bins> bins, int first) {
        List<BinnedColumn> columns = new ArrayList<>();
        int next = first;
        for (Bins each : bins) {
            columns.add(new BinnedColumn(each, next));
            next += each.counts().length;
        }
        return columns;
    }
}
