package dev.orrery.monitoring.reference;

import jakarta.persistence.Embeddable;

/// A model version, whoever serves it.
@Embeddable
record ModelVersion(String model, int version) {

    @Override
    public String toString() {
        return "%s v%d".formatted(model, version);
    }
}
