package dev.orrery.inference.grpc;

import dev.orrery.inference.tensor.Elements;
import dev.orrery.inference.tensor.Elements.Form;
import java.util.Arrays;

/// The bytes of a repeated field of numbers. Nearly always they lie together; where a sender cut them up, they are put
/// together.
final class Chunks {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int from;
    private int to;
    private boolean own;

    /// Takes the field that the reader is at: packed numbers, or one of them.
    void take(WireReader field) {
        if (!field.isBytes()) {
            int begin = field.at();
            field.skip();
            append(Arrays.copyOfRange(field.bytes(), begin, field.at()));
            return;
        }
        WireReader packed = field.message();
        if (from == to) {
            bytes = packed.bytes();
            from = packed.at();
            to = packed.end();
            own = false;
        } else {
            append(Arrays.copyOfRange(packed.bytes(), packed.at(), packed.end()));
        }
    }

    Elements elements(String input, Form form) {
        return new Elements(input, form, bytes, from, to);
    }

    private void append(byte[] more) {
        int size = to - from;
        if (!own || size + more.length > bytes.length) {
            byte[] larger = new byte[Math.max(2 * size, size + more.length)];
            System.arraycopy(bytes, from, larger, 0, size);
            bytes = larger;
            from = 0;
            own = true;
        }
        System.arraycopy(more, 0, bytes, size, more.length);
        to = size + more.length;
    }
}
