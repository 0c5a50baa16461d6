package dev.orrery.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A session's inputs and outputs for one number of rows, bound once and run again and again. One thread at a time.
final class OnnxRun implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final MemorySegment place = arena.allocate(ValueLayout.ADDRESS);
    private final List<MemorySegment> values = new ArrayList<>();
    private final MemorySegment session;
    private final MemorySegment binding;
    private final int rows;
    /// For each column, the tensor that it goes into, and where in a row.
    private final FloatBuffer[] numbers;

    private final MemorySegment[] words;
    private final int[] indexes;
    private final int[] widths;
    /// The words that a tensor holds already, row by row: the same word is not handed over again.
    private final byte[][][] held;
    private final List<OnnxOutput> outputs;
    private final FloatBuffer[] results;

    OnnxRun(MemorySegment session, List<Bindings.In> inputs, List<OnnxOutput> outputs, int rows) {
        this.session = session;
        this.outputs = outputs;
        this.rows = rows;
        binding = OnnxApi.binding(session);
        numbers = new FloatBuffer[inputs.size()];
        words = new MemorySegment[inputs.size()];
        indexes = inputs.stream().mapToInt(Bindings.In::index).toArray();
        widths = new int[inputs.size()];
        held = new byte[inputs.size()][][];
        results = new FloatBuffer[outputs.size()];
        try {
            bindInputs(inputs);
            bindOutputs();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void bindInputs(List<Bindings.In> inputs) {
        Map<String, List<Integer>> columns = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            columns.computeIfAbsent(inputs.get(i).input(), _ -> new ArrayList<>())
                    .add(i);
        }
        columns.forEach((input, places) -> {
            boolean areWords = inputs.get(places.getFirst()).kind() == Bindings.Kind.STRING;
            OnnxApi.bindInput(binding, arena.allocateFrom(input), input(places, areWords));
        });
    }

    private void bindOutputs() {
        for (int i = 0; i < results.length; i++) {
            OnnxOutput output = outputs.get(i);
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, (long) rows * output.width());
            MemorySegment extent = arena.allocateFrom(ValueLayout.JAVA_LONG, output.shape(rows));
            results[i] = floats(memory);
            OnnxApi.bindOutput(binding, arena.allocateFrom(output.name()), kept(OnnxApi.floats(memory, extent)));
        }
    }

    int rows() {
        return rows;
    }

    /// Scores as many rows of a block as it is for, from one place on, into arrays of one value per row of the block.
    void score(RowBlock block, int from, float[][] answers) {
        for (int input = 0; input < numbers.length; input++) {
            if (numbers[input] == null) {
                hand(block, input, from);
            } else if (widths[input] == 1) {
                numbers[input].put(0, block.numbers(input), from, rows);
            } else {
                spread(numbers[input], block.numbers(input), from, indexes[input], widths[input]);
            }
        }
        OnnxApi.run(session, binding);
        for (int output = 0; output < results.length; output++) {
            read(outputs.get(output), results[output], from, answers);
        }
    }

    @Override
    public void close() {
        OnnxApi.releaseBinding(binding);
        values.forEach(OnnxApi::releaseValue);
        arena.close();
    }

    private void read(OnnxOutput output, FloatBuffer result, int from, float[][] answers) {
        for (int i = 0; i < output.answers().size(); i++) {
            float[] answer = answers[output.answers().get(i)];
            int column = output.columns().get(i);
            for (int row = 0; row < rows; row++) {
                answer[from + row] = result.get(row * output.width() + column);
            }
        }
    }

    /// A tensor for columns that lie beside each other in it.
    private MemorySegment input(List<Integer> columns, boolean areWords) {
        int width = columns.size();
        MemorySegment shape = arena.allocateFrom(ValueLayout.JAVA_LONG, rows, width);
        MemorySegment memory = areWords ? null : arena.allocate(ValueLayout.JAVA_FLOAT, (long) rows * width);
        MemorySegment tensor = kept(areWords ? OnnxApi.words(shape) : OnnxApi.floats(memory, shape));
        for (int column : columns) {
            widths[column] = width;
            if (areWords) {
                held[column] = new byte[rows][];
                words[column] = tensor;
            } else {
                numbers[column] = floats(memory);
            }
        }
        return tensor;
    }

    private void spread(FloatBuffer tensor, float[] column, int from, int index, int width) {
        for (int row = 0; row < rows; row++) {
            tensor.put(row * width + index, column[from + row]);
        }
    }

    @SuppressWarnings("restricted")
    private void hand(RowBlock block, int input, int from) {
        byte[][] known = held[input];
        int[] codes = block.codes(input);
        for (int row = 0; row < rows; row++) {
            byte[] utf8 = block.words().utf8(codes[from + row]);
            if (known[row] != utf8) {
                known[row] = utf8;
                long place = (long) row * widths[input] + indexes[input];
                MemorySegment buffer = OnnxApi.resizeWord(words[input], place, utf8.length, this.place)
                        .reinterpret(utf8.length);
                MemorySegment.copy(utf8, 0, buffer, ValueLayout.JAVA_BYTE, 0, utf8.length);
            }
        }
    }

    private MemorySegment kept(MemorySegment value) {
        values.add(value);
        return value;
    }

    private static FloatBuffer floats(MemorySegment memory) {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
