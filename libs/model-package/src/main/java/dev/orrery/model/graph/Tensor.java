package dev.orrery.model.graph;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A constant of a graph. Whole numbers and true and false are kept as longs, 64-bit floats as such; nothing else is
/// understood.
///
/// @param type   what it holds
/// @param dims   its shape; none of a single value
/// @param floats the values of a [Type#FLOAT]; read only, as all arrays here
/// @param longs  the values of a [Type#WHOLE] or [Type#BOOLEAN]
/// @param reals  the values of a [Type#DOUBLE]
/// @param words  the values of a [Type#WORDS]
public record Tensor(Type type, long[] dims, float[] floats, long[] longs, double[] reals, List<String> words) {

    /// What the values are.
    public enum Type {
        FLOAT,
        WHOLE,
        BOOLEAN,
        DOUBLE,
        WORDS,
        /// Something that is not understood here: it has no values.
        OTHER;

        /// The type of ONNX's number for it.
        public static Type of(long number) {
            return switch ((int) number) {
                case 1 -> FLOAT;
                case 6, 7 -> WHOLE;
                case 8 -> WORDS;
                case 9 -> BOOLEAN;
                case 11 -> DOUBLE;
                default -> OTHER;
            };
        }
    }

    private static final float[] NO_FLOATS = {};
    private static final long[] NO_LONGS = {};
    private static final double[] NO_REALS = {};

    /// A vector of floats.
    public static Tensor of(float... values) {
        return new Tensor(Type.FLOAT, new long[] {values.length}, values, NO_LONGS, NO_REALS, List.of());
    }

    /// A vector of whole numbers.
    public static Tensor of(long... values) {
        return new Tensor(Type.WHOLE, new long[] {values.length}, NO_FLOATS, values, NO_REALS, List.of());
    }

    /// A vector of words.
    public static Tensor of(List<String> words) {
        return new Tensor(Type.WORDS, new long[] {words.size()}, NO_FLOATS, NO_LONGS, NO_REALS, List.copyOf(words));
    }

    /// How many values it has.
    public int size() {
        return switch (type) {
            case FLOAT -> floats.length;
            case WHOLE, BOOLEAN -> longs.length;
            case DOUBLE -> reals.length;
            case WORDS -> words.size();
            case OTHER -> 0;
        };
    }

    /// Its name, null where it has none, and its values.
    record Named(String name, Tensor tensor) {}

    /// @throws Malformed when its values are not as many as its shape says, or lie outside the file
    static Named read(Wire message) {
        Building building = new Building();
        for (int field = message.next(); field != 0; field = message.next()) {
            building.read(field, message);
        }
        return new Named(building.name, building.tensor());
    }

    private static final class Building {

        private static final int EXTERNAL = 1;

        private final Wire.Longs dims = new Wire.Longs();
        private final Wire.Floats floats = new Wire.Floats();
        private final Wire.Longs longs = new Wire.Longs();
        private final List<String> words = new ArrayList<>();
        private String name;
        private long number;
        private ByteBuffer raw;
        private ByteBuffer packedReals;

        void read(int field, Wire message) {
            switch (field) {
                case 1 -> message.numbers(dims);
                case 2 -> number = message.number();
                case 4 -> message.reals(floats);
                case 5, 7 -> message.numbers(longs);
                case 6 -> words.add(message.text());
                case 8 -> name = message.text();
                case 9 -> raw = message.raw();
                case 10 -> packedReals = message.raw();
                case 13 -> throw outside();
                case 14 -> requireInside(message.number());
                default -> message.skip();
            }
        }

        Tensor tensor() {
            Type type = Type.of(number);
            long[] shape = dims.all();
            Tensor tensor = new Tensor(type, shape, floats(type), longs(type), reals(type), List.copyOf(words));
            if (type != Type.OTHER && volume(shape) != tensor.size()) {
                throw new Malformed(
                        "its tensor '%s' has %d values and not %d".formatted(name, tensor.size(), volume(shape)));
            }
            return tensor;
        }

        private float[] floats(Type type) {
            if (raw == null || type != Type.FLOAT) {
                return floats.all();
            }
            float[] values = new float[raw.remaining() / Float.BYTES];
            raw.asFloatBuffer().get(values);
            return values;
        }

        private long[] longs(Type type) {
            if (raw == null || type != Type.WHOLE && type != Type.BOOLEAN) {
                return longs.all();
            }
            int width = type == Type.BOOLEAN ? 1 : number == 6 ? Integer.BYTES : Long.BYTES;
            long[] values = new long[raw.remaining() / width];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (width) {
                    case 1 -> raw.get(i);
                    case Integer.BYTES -> raw.getInt(i * width);
                    default -> raw.getLong(i * width);
                };
            }
            return values;
        }

        private double[] reals(Type type) {
            ByteBuffer written = raw == null ? packedReals : raw;
            if (written == null || type != Type.DOUBLE) {
                return NO_REALS;
            }
            double[] values = new double[written.remaining() / Double.BYTES];
            written.asDoubleBuffer().get(values);
            return values;
        }

        private long volume(long[] shape) {
            long volume = 1;
            for (long size : shape) {
                if (size < 0 || size > Integer.MAX_VALUE || volume > Integer.MAX_VALUE) {
                    throw new Malformed("its tensor '%s' has an impossible shape".formatted(name));
                }
                volume *= size;
            }
            return volume;
        }

        private void requireInside(long location) {
            if (location == EXTERNAL) {
                throw outside();
            }
        }

        private Malformed outside() {
            return new Malformed("it keeps numbers in another file, and a model must be one file;"
                    + " save it without external data");
        }
    }
}
