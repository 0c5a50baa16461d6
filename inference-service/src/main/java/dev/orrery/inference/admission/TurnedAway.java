package dev.orrery.inference.admission;

/// A request was turned away before anybody looked at it closely.
///
/// @param path where it was sent
/// @param why  as its sender was told
public record TurnedAway(String path, String why) {}
