package dev.orrery.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.model.ModelCard.Input;
import java.util.List;
import java.util.stream.Stream;

/// Where columns go into a graph, and where outputs come out of it. A model that was made elsewhere has other names.
///
/// @param inputs  one per column, in the columns' order
/// @param outputs one per output that the graph computes, in the outputs' order; a decision is none
public record Bindings(List<In> inputs, List<Out> outputs) {

    /// What a graph's input holds.
    public enum Kind {
        /// 32-bit floats; a missing value is NaN.
        @JsonProperty("float")
        FLOAT,
        /// Strings; a missing value is empty.
        @JsonProperty("string")
        STRING;

        static Kind of(Input input) {
            return input.type().isString() ? STRING : FLOAT;
        }
    }

    /// A column's way into the graph.
    ///
    /// @param input the graph's, a `[rows, n]` tensor
    /// @param index which of the n; the columns that go into one input fill it
    public record In(
            String column,
            String input,
            Kind kind,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int index) {

        /// A column that has an input of its own.
        public In(String column, String input, Kind kind) {
            this(column, input, kind, 0);
        }
    }

    /// An output's way out of the graph.
    ///
    /// @param graphOutput the graph's, a `[rows]` or `[rows, n]` tensor of floats
    /// @param index       which of the n
    public record Out(String output, String graphOutput, int index) {}

    public Bindings {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// Those of a graph that calls everything as the card does.
    public static Bindings alike(List<Input> inputs, List<Output> outputs) {
        return new Bindings(
                inputs.stream()
                        .map(input -> new In(input.name(), input.name(), Kind.of(input)))
                        .toList(),
                computed(outputs).map(output -> new Out(output, output, 0)).toList());
    }

    /// The same in the order of these columns and outputs.
    ///
    /// @throws IllegalArgumentException naming what is not bound, or bound as what it is not
    Bindings fitting(List<Input> columns, List<Output> answers) {
        if (inputs.size() != columns.size()
                || outputs.size() != computed(answers).count()) {
            throw new IllegalArgumentException("the bindings name other columns or outputs than the card");
        }
        return new Bindings(
                columns.stream().map(this::of).toList(),
                computed(answers).map(this::of).toList());
    }

    private In of(Input column) {
        return inputs.stream()
                .filter(in -> in.column().equals(column.name()) && in.kind() == Kind.of(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "column '%s' is not bound to an input of %s".formatted(column.name(), Kind.of(column))));
    }

    private Out of(String output) {
        return outputs.stream()
                .filter(out -> out.output().equals(output))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("output '%s' is not bound".formatted(output)));
    }

    private static Stream<String> computed(List<Output> outputs) {
        return outputs.stream()
                .filter(output -> output.type() != Output.Type.DECISION)
                .map(Output::name);
    }
}
