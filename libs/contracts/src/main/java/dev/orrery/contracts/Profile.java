package dev.orrery.contracts;

import java.util.Arrays;
import java.util.List;

/// What a model version saw when it was made: the reference that monitoring compares with, and nothing personal.
///
/// @param features the bins of every feature, over the training rows
/// @param outputs  the bins of the model's outputs by their names, over rows the model was not trained on
public record Profile(List<Bins> features, List<Bins> outputs) {

    public Profile {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
    }

    /// Reference counts of one column, or of one output. The last two of [#counts] are always `other` (a word never
    /// seen, a number that
    /// is not finite) and `missing`.
    ///
    /// @param edges  of a numeric column, rising: bin i holds values below edge i and not below edge i-1; else null
    /// @param words  of a column of words, one bin each; else null
    /// @param counts reference rows per bin
    public record Bins(String column, double[] edges, List<String> words, long[] counts) {

        public Bins {
            int regular = edges != null ? edges.length + 1 : words.size();
            if (counts.length != regular + 2) {
                throw new IllegalArgumentException("column '%s' has %d regular bins and needs %d counts, not %d"
                        .formatted(column, regular, regular + 2, counts.length));
            }
        }

        /// The bin of a value: a number or a word as a model is given it; null and the empty word are missing.
        public int binOf(Object value) {
            if (value == null || "".equals(value) || value instanceof Double number && number.isNaN()) {
                return missingBin();
            }
            if (words != null) {
                int word = words.indexOf(value.toString());
                return word < 0 ? otherBin() : word;
            }
            if (!(value instanceof Number number) || Double.isInfinite(number.doubleValue())) {
                return otherBin();
            }
            int found = Arrays.binarySearch(edges, number.doubleValue());
            return found >= 0 ? found + 1 : -found - 1;
        }

        public long total() {
            return Arrays.stream(counts).sum();
        }

        private int otherBin() {
            return counts.length - 2;
        }

        private int missingBin() {
            return counts.length - 1;
        }
    }
}
