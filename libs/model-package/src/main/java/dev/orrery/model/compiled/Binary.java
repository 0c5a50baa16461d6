package dev.orrery.model.compiled;

/// Calculates with two numbers at a time. The kind is asked once and not for each number: these loops are most of what
/// scaling costs.
record Binary(Kind kind, int left, int right, int to, int width) implements Step {

    enum Kind {
        ADD,
        SUB,
        MUL,
        DIV,
        POW,
        MIN,
        MAX,
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        AND,
        OR,
        XOR
    }

    @Override
    public void run(float[] n, int[] words) {
        switch (kind) {
            case ADD -> {
                for (int i = 0; i < width; i++) {
                    n[to + i] = n[left + i] + n[right + i];
                }
            }
            case SUB -> {
                for (int i = 0; i < width; i++) {
                    n[to + i] = n[left + i] - n[right + i];
                }
            }
            case MUL -> {
                for (int i = 0; i < width; i++) {
                    n[to + i] = n[left + i] * n[right + i];
                }
            }
            case MIN -> {
                for (int i = 0; i < width; i++) {
                    n[to + i] = Math.min(n[left + i], n[right + i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < width; i++) {
                    n[to + i] = Math.max(n[left + i], n[right + i]);
                }
            }
            default -> {
                for (int i = 0; i < width; i++) {
                    n[to + i] = seldom(n[left + i], n[right + i]);
                }
            }
        }
    }

    private float seldom(float x, float y) {
        return switch (kind) {
            case DIV -> x / y;
            case POW -> (float) Math.pow(x, y);
            case EQUAL -> x == y ? 1 : 0;
            case LESS -> x < y ? 1 : 0;
            case LESS_OR_EQUAL -> x <= y ? 1 : 0;
            case GREATER -> x > y ? 1 : 0;
            case GREATER_OR_EQUAL -> x >= y ? 1 : 0;
            case AND -> x * y;
            case OR -> Math.max(x, y);
            case XOR -> x == y ? 0 : 1;
            default -> throw new IllegalStateException(kind + " has a loop of its own");
        };
    }
}
