package dev.orrery.monitoring.drift;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import java.util.List;
import java.util.Map;

/// Counts predictions over the bins of their model version's reference: one array of bins per feature of the profile,
/// in its order, and one for the score.
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public final class Counts {

    private final long[][] features;
    private final long[] score;
    private long scored;

    /// @param scored how many predictions were counted
    Counts(
            @JsonProperty("features") long[][] features,
            @JsonProperty("score") long[] score,
            @JsonProperty("scored") long scored) {
        this.features = features;
        this.score = score;
        this.scored = scored;
    }

    /// Nothing yet, in the shape of a profile.
    public static Counts empty(Profile profile) {
        long[][] features = profile.features().stream()
                .map(bins -> new long[bins.counts().length])
                .toArray(long[][]::new);
        return new Counts(features, new long[score(profile).counts().length], 0);
    }

    /// Counts one more prediction.
    public void count(Profile profile, Map<String, Object> inputs, double scoreOfIt) {
        List<Bins> bins = profile.features();
        for (int i = 0; i < features.length; i++) {
            features[i][bins.get(i).binOf(inputs.get(bins.get(i).column()))]++;
        }
        score[score(profile).binOf(scoreOfIt)]++;
        scored++;
    }

    /// Whether these were counted over bins like this profile's.
    public boolean fit(Profile profile) {
        boolean fit = features.length == profile.features().size()
                && score.length == score(profile).counts().length;
        for (int i = 0; fit && i < features.length; i++) {
            fit = features[i].length == profile.features().get(i).counts().length;
        }
        return fit;
    }

    /// How many predictions were counted.
    public long scored() {
        return scored;
    }

    /// The bins of the one output that is counted.
    static Bins score(Profile profile) {
        return profile.outputs().getFirst();
    }

    long[] ofFeature(int index) {
        return features[index];
    }

    long[] ofScore() {
        return score;
    }
}
