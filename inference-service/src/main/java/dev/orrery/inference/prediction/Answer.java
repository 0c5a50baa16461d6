package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.PredictionsHeader;

/// What one request was answered, by one version.
///
/// @param header    who answered
/// @param threshold a score from here on is a positive decision
/// @param first     the sequence of the first row's prediction
/// @param answers   an array of one value per row for each output that the graph computes
public record Answer(PredictionsHeader header, double threshold, long first, float[][] answers) {

    public int size() {
        return answers[0].length;
    }

    public String id(int row) {
        return header.id(first + row);
    }

    public float score(int row) {
        return answers[0][row];
    }

    public boolean decision(int row) {
        return score(row) >= threshold;
    }
}
