package dev.orrery.registry.mlflow;

/// Which experiments and runs a search is about. Nothing is ever deleted here, so the last has none.
public enum ViewType {
    ACTIVE_ONLY,
    DELETED_ONLY,
    ALL;

    /// The view type in a field, by name or number; active ones unless said otherwise.
    public static ViewType of(Fields fields, String name) {
        return fields.oneOf(name, ViewType.class).orElse(ACTIVE_ONLY);
    }
}
