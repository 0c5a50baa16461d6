package dev.orrery.monitoring.prediction;

import dev.orrery.kit.problem.NotFound;

/// The id of a prediction, as answers give it: who answered, and the how manieth it was.
record PredictionId(String instance, long sequence) {

    /// @throws NotFound when it is no such id
    static PredictionId of(String text) {
        int dash = text.lastIndexOf('-');
        try {
            if (dash > 0 && text.indexOf('\0') < 0) {
                long sequence = Long.parseLong(text.substring(dash + 1));
                return new PredictionId(text.substring(0, dash), sequence);
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new NotFound(
                "'%s' is no id of a prediction: an answer gives it as an instance's name, a dash and a number."
                        .formatted(text));
    }

    @Override
    public String toString() {
        return instance + "-" + sequence;
    }
}
