package dev.orrery.inference.grpc;

import dev.orrery.inference.grpc.Elements.Form;

/// How elements lie in raw contents: numbers little-endian, texts behind four bytes of their length.
final class RawForms {

    private RawForms() {}

    /// Null where there is no such datatype.
    static Form of(String datatype) {
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
            case "FP32" -> Form.FP32;
            case "FP64" -> Form.FP64;
            case "BYTES" -> Form.BYTES;
            default -> null;
        };
    }

    /// Null where there is no such datatype.
    static Elements elements(String input, String datatype, WireReader raw) {
        Form form = of(datatype);
        return form == null ? null : new Elements(input, form, raw.bytes(), raw.at(), raw.end());
    }
}
