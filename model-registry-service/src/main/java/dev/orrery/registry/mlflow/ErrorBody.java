package dev.orrery.registry.mlflow;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The body of every failure below MLflow's paths.
@Schema(name = "MlflowError")
record ErrorBody(String errorCode, String message) {}
