package dev.orrery.inference.tensor;

import dev.orrery.inference.tensor.Elements.Form;

/// How elements lie in raw contents: numbers little-endian, texts behind four bytes of their length.
public final class RawForms {

    private RawForms() {}

    /// Null where there is no such datatype.
    public static Form of(String datatype) {
        return switch (datatype) {
            case "BOOL" -> Form.BOOL;
            case "INT8" -> Form.INT8;
            case "INT16" -> Form.INT16;
            case "INT32" -> Form.INT32;
            case "INT64" -> Form.INT64;
            case "UINT8" -> Form.UINT8;
            case "UINT16" -> Form.UINT16;
            case "UINT32" -> Form.UINT32;
            case "UINT64" -> Form.UINT64;
            case "FP16" -> Form.FP16;
            case "BF16" -> Form.BF16;
            case "FP32" -> Form.FP32;
            case "FP64" -> Form.FP64;
            case "BYTES" -> Form.BYTES;
            default -> null;
        };
    }

    /// The elements between two places of an array; null where there is no such datatype.
    ///
    /// @throws dev.orrery.kit.problem.Invalid where the bytes end within an element
    public static Elements elements(String input, String datatype, byte[] bytes, int from, int to) {
        Form form = of(datatype);
        return form == null ? null : new Elements(input, form, bytes, from, to);
    }
}
