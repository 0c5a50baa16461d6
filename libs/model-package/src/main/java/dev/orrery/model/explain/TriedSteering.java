package dev.orrery.model.explain;

/// Knows of no column where its numbers turn a decision: they have to be tried.
record TriedSteering(boolean isSteady) implements Turning.Steering {

    @Override
    public float[] turns(float[] features, int column, float start, int decided) {
        return null;
    }
}
