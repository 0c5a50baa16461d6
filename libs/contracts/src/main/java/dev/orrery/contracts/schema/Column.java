package dev.orrery.contracts.schema;

import dev.orrery.contracts.problem.Faulty;
import java.util.List;

/// One column of a dataset and what its values must keep to.
///
/// @param presence required unless said otherwise
/// @param domain   the allowed words of a category; empty allows any
/// @param range    the allowed numbers or times; null allows any
public record Column(String name, ColumnType type, Presence presence, List<String> domain, Range range) {

    public Column {
        Faulty.unless(name != null && !name.isBlank(), "/name", "a column needs a name");
        Faulty.unless(type != null, "/type", "column '%s' needs a type", name);
        presence = presence == null ? Presence.REQUIRED : presence;
        domain = domain == null ? List.of() : List.copyOf(domain);
        Faulty.unless(
                domain.isEmpty() || type.isString(),
                "/domain",
                "column '%s': a domain of words is for category and text",
                name);
        Faulty.unless(
                range == null || !type.isString() && type != ColumnType.BOOLEAN,
                "/range",
                "column '%s': a range is for numbers and times",
                name);
    }
}
