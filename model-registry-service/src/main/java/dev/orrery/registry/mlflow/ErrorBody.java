package dev.orrery.registry.mlflow;

/// The body of every failure below MLflow's paths.
record ErrorBody(String errorCode, String message) {}
