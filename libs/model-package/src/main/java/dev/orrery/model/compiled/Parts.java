package dev.orrery.model.compiled;

import dev.orrery.model.Anatomy;
import dev.orrery.model.compiled.Meaning.Linear;
import dev.orrery.model.compiled.Meaning.Linked;
import dev.orrery.model.compiled.Meaning.Sum;
import dev.orrery.model.compiled.Meaning.TreeSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a plan's answers are made of: features at their places, sums of them, and how answers are read from the sums.
///
/// @param places   of each feature; none where the answers cannot be explained so
/// @param columns  which each feature is made of
/// @param sums     null where the answers cannot be explained so
/// @param readings one for each output
record Parts(int[] places, int[] columns, Anatomy.Sums sums, List<Anatomy.Reading> readings) {

    private static final Parts NONE = new Parts(new int[0], new int[0], null, List.of());

    static Parts of(Drawing drawing, int[] outputs) {
        Map<Sum, Integer> sums = new LinkedHashMap<>();
        List<Anatomy.Reading> readings = new ArrayList<>();
        for (int output : outputs) {
            switch (Arithmetic.meaning(drawing, output)) {
                case Sum sum -> readings.add(new Anatomy.Reading(Anatomy.Link.IDENTITY, number(sums, sum), false));
                case Linked linked -> {
                    List<Integer> numbers =
                            linked.sums().stream().map(sum -> number(sums, sum)).toList();
                    readings.add(new Anatomy.Reading(linked.link(), numbers.get(linked.index()), linked.opposite()));
                }
            }
        }
        List<Sum> all = List.copyOf(sums.keySet());
        if (all.stream().allMatch(Linear.class::isInstance)) {
            return linear(drawing, all.stream().map(Linear.class::cast).toList(), readings);
        }
        if (all.stream().allMatch(TreeSum.class::isInstance)) {
            return trees(drawing, all.stream().map(TreeSum.class::cast).toList(), readings);
        }
        return NONE;
    }

    private static int number(Map<Sum, Integer> sums, Sum sum) {
        Integer known = sums.putIfAbsent(sum, sums.size());
        return known == null ? sums.size() - 1 : known;
    }

    private static Parts linear(Drawing drawing, List<Linear> sums, List<Anatomy.Reading> readings) {
        Map<Integer, Integer> features = new LinkedHashMap<>();
        for (Linear sum : sums) {
            for (int place : sum.places()) {
                features.putIfAbsent(place, features.size());
            }
        }
        float[][] weights = new float[sums.size()][features.size()];
        float[] biases = new float[sums.size()];
        for (int i = 0; i < biases.length; i++) {
            Linear sum = sums.get(i);
            biases[i] = sum.bias();
            for (int term = 0; term < sum.places().length; term++) {
                weights[i][features.get(sum.places()[term])] += sum.weights()[term];
            }
        }
        int[] places = features.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new Parts(places, columns(drawing, places), new Anatomy.Weights(weights, biases), List.copyOf(readings));
    }

    private static Parts trees(Drawing drawing, List<TreeSum> sums, List<Anatomy.Reading> readings) {
        TreeSum first = sums.getFirst();
        if (sums.stream().anyMatch(sum -> sum.trees() != first.trees())) {
            return NONE;
        }
        float[] biases = new float[first.trees().targets()];
        int[] targets = new int[sums.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = sums.get(i).target();
            biases[targets[i]] = sums.get(i).bias();
        }
        List<Anatomy.Reading> ofTargets = readings.stream()
                .map(reading -> new Anatomy.Reading(reading.link(), targets[reading.sum()], reading.opposite()))
                .toList();
        Anatomy.Trees trees = new Anatomy.Trees(first.trees(), first.factor(), biases);
        return new Parts(first.features(), columns(drawing, first.features()), trees, ofTargets);
    }

    private static int[] columns(Drawing drawing, int[] places) {
        return Arrays.stream(places)
                .map(place -> Math.max(drawing.origin(place), Anatomy.NO_COLUMN))
                .toArray();
    }
}
