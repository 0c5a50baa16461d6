package dev.orrery.inference.log;

/// A share of predictions: `1%`, `0.01`, `100%`.
///
/// @param value above 0, and 1 at most
public record Share(double value) {

    public Share {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("a share is above 0%% and 100%% at most, not %s".formatted(value));
        }
    }

    /// @throws IllegalArgumentException when the text is none
    public static Share of(String text) {
        String number = text.strip();
        boolean percent = number.endsWith("%");
        try {
            double value = Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
            return new Share(percent ? value / 100 : value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no share of predictions: give one above 0%% and up to 100%%, such as 1%% or 0.01"
                            .formatted(text),
                    e);
        }
    }
}
