/// Why a model answers a row as it does, and what would turn its decision.
package dev.orrery.model.explain;
