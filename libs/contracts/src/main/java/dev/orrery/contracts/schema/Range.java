package dev.orrery.contracts.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orrery.contracts.problem.Faulty;
import java.util.Arrays;
import java.util.List;

/// The smallest and largest value of a column, both allowed, written `[0, 120]`; `null` leaves an end open.
/// The ends stay text here, because what they mean depends on the column's type.
public record Range(String min, String max) {

    @JsonCreator
    static Range of(List<String> ends) {
        Faulty.unless(ends.size() == 2, "", "a range has two ends, as in [0, 120], not %s", ends);
        return new Range(ends.getFirst(), ends.getLast());
    }

    @JsonValue
    List<String> ends() {
        return Arrays.asList(min, max);
    }
}
