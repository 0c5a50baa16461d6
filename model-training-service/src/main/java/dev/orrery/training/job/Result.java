package dev.orrery.training.job;

import dev.orrery.training.evaluation.Evaluation;

/// What a training came to.
record Result(Evaluation evaluation, String model, int version, String runId) {}
