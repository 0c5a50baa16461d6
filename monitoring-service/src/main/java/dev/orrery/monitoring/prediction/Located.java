package dev.orrery.monitoring.prediction;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;

/// A prediction, and where on its topic it was found.
record Located(PredictionsHeader header, Prediction row, int partition, long offset) {}
