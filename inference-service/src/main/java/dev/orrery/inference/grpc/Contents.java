package dev.orrery.inference.grpc;

import dev.orrery.inference.tensor.Elements;
import dev.orrery.inference.tensor.Elements.Form;
import dev.orrery.kit.problem.Invalid;
import java.util.Arrays;
import java.util.Locale;

/// The fields of `InferTensorContents`: which datatype's elements go into which, and how they lie there.
enum Contents {
    BOOL_CONTENTS(1, Form.VARINT_BOOL),
    INT_CONTENTS(2, Form.VARINT_INT32),
    INT64_CONTENTS(3, Form.VARINT_INT64),
    UINT_CONTENTS(4, Form.VARINT_UINT32),
    UINT64_CONTENTS(5, Form.VARINT_UINT64),
    FP32_CONTENTS(6, Form.FP32),
    FP64_CONTENTS(7, Form.FP64),
    BYTES_CONTENTS(8, Form.FIELDS);

    /// What stands before each text on the wire: the number of its field, and that it has a length.
    private static final byte TEXT_FIELD = 8 << 3 | 2;

    private final int field;
    private final Form form;

    Contents(int field, Form form) {
        this.field = field;
        this.form = form;
    }

    int field() {
        return field;
    }

    /// Where a datatype's elements belong; null where they can only be raw.
    static Contents of(String datatype) {
        return switch (datatype) {
            case "BOOL" -> BOOL_CONTENTS;
            case "INT8", "INT16", "INT32" -> INT_CONTENTS;
            case "INT64" -> INT64_CONTENTS;
            case "UINT8", "UINT16", "UINT32" -> UINT_CONTENTS;
            case "UINT64" -> UINT64_CONTENTS;
            case "FP32" -> FP32_CONTENTS;
            case "FP64" -> FP64_CONTENTS;
            case "BYTES" -> BYTES_CONTENTS;
            default -> null;
        };
    }

    /// The elements of an input, from its message of contents.
    ///
    /// @throws Invalid when they are in another datatype's field
    static Elements elements(String input, String datatype, WireReader contents) {
        Contents expected = of(datatype);
        if (expected == null) {
            throw new Invalid("input '%s' of datatype %s has to be sent as raw contents".formatted(input, datatype));
        }
        if (expected == BYTES_CONTENTS) {
            return texts(input, datatype, contents);
        }
        Chunks chunks = new Chunks();
        while (contents.next()) {
            if (contents.field() == expected.field) {
                chunks.take(contents);
            } else {
                requireUnknown(input, datatype, expected, contents.field());
                contents.skip();
            }
        }
        return chunks.elements(input, expected.form);
    }

    /// Each text has a field of its own, and there is nothing else between them.
    private static Elements texts(String input, String datatype, WireReader contents) {
        int from = contents.at();
        for (int at = from; contents.next(); at = contents.at()) {
            requireUnknown(input, datatype, BYTES_CONTENTS, contents.field());
            if (contents.bytes()[at] != TEXT_FIELD) {
                throw contents.malformed("the contents of input '%s' are not bytes_contents alone".formatted(input));
            }
            contents.skip();
        }
        return new Elements(input, Form.FIELDS, contents.bytes(), from, contents.end());
    }

    private static void requireUnknown(String input, String datatype, Contents expected, int field) {
        Arrays.stream(values())
                .filter(known -> known != expected && known.field == field)
                .findAny()
                .ifPresent(wrong -> {
                    throw new Invalid("input '%s' is of datatype %s, which goes into %s, and it has %s"
                            .formatted(input, datatype, lower(expected), lower(wrong)));
                });
    }

    private static String lower(Contents contents) {
        return contents.name().toLowerCase(Locale.ROOT);
    }
}
