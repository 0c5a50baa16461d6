/// The Open Inference Protocol over gRPC, on a port of its own. Messages are read from their bytes and written to
/// bytes, without generated classes; `src/main/proto` says what is in them.
package dev.orrery.inference.grpc;
