package dev.orrery.inference.log;

/// A block on its way through the disk.
///
/// @param rows  the predictions in it
/// @param bytes the Kafka record, see [RecordBytes]
record Spooled(int rows, byte[] bytes) {}
