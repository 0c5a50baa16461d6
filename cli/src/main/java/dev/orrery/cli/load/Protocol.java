package dev.orrery.cli.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/// The ways to ask for predictions.
public enum Protocol {
    /// Open Inference Protocol over REST, a tensor of JSON for each column.
    REST,
    /// The same, all columns as one tensor; they must all be numbers.
    MATRIX,
    /// The same as REST, but the tensors' values are bytes behind the JSON, in both directions.
    BINARY,
    /// Rows as JSON objects.
    ROWS,
    /// Open Inference Protocol over gRPC, with raw contents.
    GRPC;

    private static final int MOST_BODIES = 512;
    private static final int MOST_BYTES = 32 << 20;
    private static final String JSON = "Content-Type: application/json\r\n";

    /// The question to an endpoint in this way.
    ///
    /// @param address of the service: of its own port for gRPC
    /// @param batch   rows in each request
    public Wire wire(InetSocketAddress address, String endpoint, Sample sample, int batch) {
        Function<List<Object[]>, Body> encode = encoder(endpoint, sample.fields());
        int size = sample.bodies(batch, 1, encode).getFirst().bytes().length;
        int most = Math.clamp(MOST_BYTES / size, 1, MOST_BODIES);
        return new Wire(
                address,
                this == GRPC,
                path(endpoint),
                head(),
                sample.bodies(batch, most, encode),
                new Look(this, batch));
    }

    private Function<List<Object[]>, Body> encoder(String endpoint, List<Field> fields) {
        return switch (this) {
            case REST -> rows -> JsonBodies.tensors(fields, rows);
            case MATRIX -> rows -> JsonBodies.matrix(fields, rows);
            case BINARY -> rows -> BinaryBodies.request(fields, rows);
            case ROWS -> rows -> JsonBodies.rows(fields, rows);
            case GRPC -> rows -> BinaryBodies.message(endpoint, fields, rows);
        };
    }

    private String path(String endpoint) {
        return switch (this) {
            case REST, MATRIX, BINARY -> "/v2/models/%s/infer".formatted(endpoint);
            case ROWS -> "/v1/endpoints/%s/predictions".formatted(endpoint);
            case GRPC -> "/inference.GRPCInferenceService/ModelInfer";
        };
    }

    private String head() {
        return switch (this) {
            case REST, MATRIX, ROWS -> JSON;
            case BINARY -> "Content-Type: application/octet-stream\r\n";
            case GRPC -> "";
        };
    }
}
