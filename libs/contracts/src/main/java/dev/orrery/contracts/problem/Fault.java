package dev.orrery.contracts.problem;

/// One thing that is wrong with a value.
///
/// @param place where inside the value, as a JSON pointer such as `/columns/3/range`; empty for the whole
public record Fault(String place, String message) {

    /// The same, as seen from a value that holds this one.
    public Fault below(String parent) {
        return new Fault(parent + place, message);
    }
}
