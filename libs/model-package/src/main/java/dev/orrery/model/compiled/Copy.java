package dev.orrery.model.compiled;

/// Puts numbers from anywhere beside each other.
record Copy(int[] places, int first) implements Step {
    @Override
    public void run(float[] numbers, int[] words) {
        for (int i = 0; i < places.length; i++) {
            numbers[first + i] = numbers[places[i]];
        }
    }
}
