package dev.orrery.inference.protocol;

import dev.orrery.kit.problem.Invalid;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The protocol's datatypes.
enum Datatype {
    BOOL,
    UINT8(0, 255),
    UINT16(0, 65_535),
    UINT32(0, 4_294_967_295L),
    UINT64(0, Long.MAX_VALUE),
    INT8(Byte.MIN_VALUE, Byte.MAX_VALUE),
    INT16(Short.MIN_VALUE, Short.MAX_VALUE),
    INT32(Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT64(Long.MIN_VALUE, Long.MAX_VALUE),
    FP16,
    BF16,
    FP32,
    FP64,
    BYTES;

    private static final Set<Datatype> FLOATS = EnumSet.of(FP16, BF16, FP32, FP64);
    private static final Map<String, Datatype> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Datatype::name, Function.identity()));

    private final long least;
    private final long most;

    Datatype() {
        this(0, 0);
    }

    Datatype(long least, long most) {
        this.least = least;
        this.most = most;
    }

    /// @throws Invalid naming the input and the datatypes there are
    static Datatype of(String input, String name) {
        Datatype datatype = name == null ? null : BY_NAME.get(name);
        if (datatype == null) {
            throw new Invalid(
                    "input '%s' has datatype '%s', and there are %s".formatted(input, name, Arrays.toString(values())));
        }
        return datatype;
    }

    /// Whether its elements are numbers with a fraction.
    boolean isFloat() {
        return FLOATS.contains(this);
    }

    /// Whether its elements are whole numbers, and this is one of them.
    boolean holds(long whole) {
        return most > least && whole >= least && whole <= most;
    }

    /// An element of a tensor as a number, or NaN where it is null.
    ///
    /// @throws IllegalArgumentException saying what the datatype allows
    double number(Object element) {
        return switch (element) {
            case null -> Double.NaN;
            case Boolean truth when this == BOOL -> truth ? 1 : 0;
            case Number number when FLOATS.contains(this) -> number.doubleValue();
            case Integer whole when most > least -> within(whole);
            case Long whole when most > least -> within(whole);
            case BigInteger whole
            when this == UINT64 && whole.signum() >= 0 && whole.bitLength() <= Long.SIZE -> whole.doubleValue();
            default -> throw new IllegalArgumentException("%s is not %s".formatted(element, name()));
        };
    }

    private double within(long whole) {
        if (!holds(whole)) {
            throw new IllegalArgumentException("%d is not %s".formatted(whole, name()));
        }
        return whole;
    }
}
