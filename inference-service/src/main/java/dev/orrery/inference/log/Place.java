package dev.orrery.inference.log;

/// Room that the log has for the predictions of one request.
///
/// @param granted whether memory takes them; if not, they are dropped and counted
public record Place(int size, boolean granted) {}
