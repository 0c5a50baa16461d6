package dev.orrery.model.compiled;

/// Calculates with each number by itself.
record Unary(Kind kind, int from, int to, int width) implements Step {

    enum Kind {
        NEG,
        ABS,
        EXP,
        LOG,
        SQRT,
        RECIPROCAL,
        SIGMOID,
        TANH,
        RELU,
        FLOOR,
        CEIL,
        ROUND,
        SIGN,
        NOT,
        IS_NAN,
        TRUNCATE,
        IS_TRUE
    }

    @Override
    public void run(float[] numbers, int[] words) {
        for (int i = 0; i < width; i++) {
            float x = numbers[from + i];
            numbers[to + i] = switch (kind) {
                case NEG -> -x;
                case ABS -> Math.abs(x);
                case EXP -> (float) Math.exp(x);
                case LOG -> (float) Math.log(x);
                case SQRT -> (float) Math.sqrt(x);
                case RECIPROCAL -> 1 / x;
                case SIGMOID -> logistic(x);
                case TANH -> (float) Math.tanh(x);
                case RELU -> x > 0 || x != x ? x : 0;
                case FLOOR -> (float) Math.floor(x);
                case CEIL -> (float) Math.ceil(x);
                case ROUND -> (float) Math.rint(x);
                case SIGN -> Math.signum(x);
                case NOT -> 1 - x;
                case IS_NAN -> x != x ? 1 : 0;
                case TRUNCATE -> truncated(x);
                case IS_TRUE -> x == 0 ? 0 : 1;
            };
        }
    }

    static float logistic(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    /// A float as the whole number that ONNX Runtime makes of it; of what is none, the least that there is.
    private static float truncated(float x) {
        return x >= Long.MIN_VALUE && x < Long.MAX_VALUE ? (long) x : Long.MIN_VALUE;
    }
}
