package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;

/// An option of the form `NAME=VALUE`.
record Assignment(String option, String name, String value) {

    static Assignment parse(String option, String text, String expected) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new Failure("%s '%s' is not of the form %s".formatted(option, text, expected));
        }
        return new Assignment(option, text.substring(0, equals), text.substring(equals + 1));
    }

    double number() {
        return number(value);
    }

    double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    /// A number from 0 to 1.
    double share(String text) {
        double share = number(text);
        if (share < 0 || share > 1) {
            throw new Failure("%s %s: a share lies between 0 and 1, not at %s".formatted(option, name, text));
        }
        return share;
    }

    private Failure wrong(String text, Throwable cause) {
        return new Failure("%s %s: '%s' is not a number".formatted(option, name, text), cause);
    }
}
