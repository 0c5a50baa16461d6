/// Graphs as plain Java: a plan of steps over flat arrays, made once from a graph and run for each row.
///
/// A row's columns are put into *places*: numbers into one array of floats, words, as the plan numbers them, into one
/// of
/// integers. Each step reads some places and writes others. What merely arranges values anew costs no step.
package dev.orrery.model.compiled;
