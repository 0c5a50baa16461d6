package dev.orrery.contracts.block;

/// Takes the cells of a row as they are read, without an object for any number.
public interface Cells {

    /// There is no value.
    ///
    /// @param column its place, from 0 on, as in every method here
    void none(int column);

    void flag(int column, boolean value);

    void whole(int column, long value);

    void real(int column, double value);

    void word(int column, String value);
}
