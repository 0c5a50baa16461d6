/// ONNX files as plain values: what is written in them, without running anything.
package dev.orrery.model.graph;
