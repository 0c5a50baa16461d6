package dev.orrery.validation;

/// Who speaks.
public final class Service {

    /// The name on every event of this service.
    public static final String NAME = "feature-validation-service";

    private Service() {}
}
