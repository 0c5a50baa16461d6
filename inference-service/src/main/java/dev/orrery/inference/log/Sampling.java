package dev.orrery.inference.log;

import dev.orrery.inference.InferenceConfig;
import java.util.Map;
import java.util.stream.Collectors;

/// Which predictions are logged where only a share of them is. The same key is always in or always out, whichever
/// instance it comes to; where a row does not say whom it is about, its sequence decides.
final class Sampling {

    private static final int MANTISSA_BITS = 53;
    private static final double UNIT = 0x1p-53;

    private final double usual;
    private final Map<String, Double> byEndpoint;

    Sampling(InferenceConfig.PredictionLogConfig config) {
        usual = config.sample().value();
        byEndpoint = config.sampleOf().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    /// The share of an endpoint's predictions that is logged.
    double share(String endpoint) {
        return byEndpoint.isEmpty() ? usual : byEndpoint.getOrDefault(endpoint, usual);
    }

    /// How many predictions this one stands for; 0 where it is left out.
    ///
    /// @param key whom it is about, or null
    static double weight(double share, String key, long sequence) {
        return share >= 1 || unit(key == null ? sequence : key.hashCode()) < share ? 1 / share : 0;
    }

    /// A number from 0 to 1 that nothing is known of but that it is always the same.
    private static double unit(long seed) {
        long mixed = (seed + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((mixed ^ mixed >>> 31) >>> Long.SIZE - MANTISSA_BITS) * UNIT;
    }
}
