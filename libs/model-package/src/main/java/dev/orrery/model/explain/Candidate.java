package dev.orrery.model.explain;

/// A change of one column of a row that may turn its decision.
final class Candidate {

    private final int column;
    private final Cell value;
    private final double distance;
    private float[] answers;
    private boolean turns;

    /// @param distance how far the value is from the row's: in spreads of the column, or 1 for another word
    Candidate(int column, Cell value, double distance) {
        this.column = column;
        this.value = value;
        this.distance = distance;
    }

    int column() {
        return column;
    }

    Cell value() {
        return value;
    }

    double distance() {
        return distance;
    }

    /// The number that it proposes.
    float number() {
        return ((Cell.Of) value).number();
    }

    /// What the model answers to the changed row, for each output that its card binds.
    float[] answers() {
        return answers;
    }

    /// Whether the changed row is decided otherwise.
    boolean turns() {
        return turns;
    }

    void asked(float[] answered, boolean turned) {
        answers = answered;
        turns = turned;
    }
}
