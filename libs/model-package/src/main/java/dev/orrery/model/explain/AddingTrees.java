package dev.orrery.model.explain;

/// A bias, and what the leaves add that a row comes to.
///
/// @param weights what each leaf adds
record AddingTrees(double bias, TreeShap trees, Forest forest, double[] weights) implements Adding {

    @Override
    public double base() {
        return bias + trees.base(weights);
    }

    @Override
    public void add(float[] features, double[] contributions) {
        trees.add(features, weights, contributions);
    }

    @Override
    public double of(float[] features) {
        double sum = bias;
        for (int root : forest.roots()) {
            sum += weights[forest.leaf(root, features)];
        }
        return sum;
    }
}
