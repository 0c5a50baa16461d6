package dev.orrery.inference.protocol;

import java.util.List;

/// Who answers.
///
/// @param extensions of the protocol, by the names that others know them by
public record ServerMetadata(String name, String version, List<String> extensions) {}
