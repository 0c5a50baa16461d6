package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version's part at an endpoint, as it is asked for on the command line: `churn:4=10%`.
///
/// @param share percent; null where it was not said
record WishedSlot(String model, int version, String role, Integer share) {

    private static final Pattern FORM = Pattern.compile("([^:=]+):(\\d{1,9})(?:=(\\d{1,9})%?)?");

    /// @throws Failure with the form that is wanted
    static WishedSlot of(String role, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Failure("--%s %s is not a version with its share, such as churn:4=10%%".formatted(role, text));
        }
        Integer share = form.group(3) == null ? null : Integer.valueOf(form.group(3));
        return new WishedSlot(form.group(1), Integer.parseInt(form.group(2)), role, share);
    }

    /// The same, with this share where none was said.
    WishedSlot orShare(int rest) {
        return new WishedSlot(model, version, role, share == null ? Integer.valueOf(rest) : share);
    }
}
