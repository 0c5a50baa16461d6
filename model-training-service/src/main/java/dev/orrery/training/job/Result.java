package dev.orrery.training.job;

import dev.orrery.training.evaluation.Evaluation;
import java.util.List;

/// What a training came to.
///
/// @param warnings what a person should know of the data that the model was made from
record Result(Evaluation evaluation, List<String> warnings, String model, int version, String runId) {}
