package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import java.util.List;
import java.util.Map;

/// The predictions of a window, counted over the bins of their model version's reference.
///
/// @param features per feature of the profile, in its order, predictions per bin
/// @param score    predictions per bin of the score
/// @param scored   how many predictions were counted
public record Counts(long[][] features, long[] score, long scored) {

    /// Nothing yet, in the shape of a profile.
    public static Counts empty(Profile profile) {
        long[][] features = profile.features().stream()
                .map(bins -> new long[bins.counts().length])
                .toArray(long[][]::new);
        return new Counts(features, new long[profile.score().counts().length], 0);
    }

    /// Counts one prediction into these bins, and returns them with the new total.
    public Counts add(Profile profile, Map<String, Object> inputs, double scored) {
        List<Bins> bins = profile.features();
        for (int i = 0; i < features.length; i++) {
            features[i][bins.get(i).binOf(inputs.get(bins.get(i).column()))]++;
        }
        score[profile.score().binOf(scored)]++;
        return new Counts(features, score, this.scored + 1);
    }
}
