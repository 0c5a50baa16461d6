package dev.orrery.training.data;

/// Rows with what really happened to each.
public record Labelled(Table rows, boolean[] labels) {

    public Labelled {
        if (rows.size() != labels.length) {
            throw new IllegalArgumentException("%d rows have %d labels".formatted(rows.size(), labels.length));
        }
    }

    public int size() {
        return labels.length;
    }

    public int positives() {
        int positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        return positives;
    }
}
