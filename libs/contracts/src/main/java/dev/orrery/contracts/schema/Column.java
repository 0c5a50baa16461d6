package dev.orrery.contracts.schema;

import java.util.List;

/// One column of a dataset and what its values must keep to.
///
/// @param presence required unless said otherwise
/// @param domain   the allowed words of a category; empty allows any
/// @param range    the allowed numbers or times; null allows any
public record Column(String name, ColumnType type, Presence presence, List<String> domain, Range range) {

    public Column {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if (type == null) {
            throw new IllegalArgumentException("column '%s' needs a type".formatted(name));
        }
        presence = presence == null ? Presence.REQUIRED : presence;
        domain = domain == null ? List.of() : List.copyOf(domain);
        if (!domain.isEmpty() && !type.isString()) {
            throw new IllegalArgumentException(
                    "column '%s': a domain of words is for category and text".formatted(name));
        }
        if (range != null && (type.isString() || type == ColumnType.BOOLEAN)) {
            throw new IllegalArgumentException("column '%s': a range is for numbers and times".formatted(name));
        }
    }
}
