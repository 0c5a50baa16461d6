package dev.orrery.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// A session's inputs and outputs for one number of rows, bound once and run again and again. One thread at a time.
final class OnnxRun implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final MemorySegment place = arena.allocate(ValueLayout.ADDRESS);
    private final List<MemorySegment> values = new ArrayList<>();
    private final MemorySegment session;
    private final MemorySegment binding;
    private final int rows;
    private final FloatBuffer[] numbers;
    private final MemorySegment[] words;
    /// The words that a tensor holds already, row by row: the same word is not handed over again.
    private final byte[][][] held;
    private final List<OnnxOutput> outputs;
    private final FloatBuffer[] results;

    OnnxRun(MemorySegment session, List<Bindings.In> inputs, List<OnnxOutput> outputs, int rows) {
        this.session = session;
        this.outputs = outputs;
        this.rows = rows;
        binding = OnnxApi.binding(session);
        MemorySegment shape = arena.allocateFrom(ValueLayout.JAVA_LONG, rows, 1);
        numbers = new FloatBuffer[inputs.size()];
        words = new MemorySegment[inputs.size()];
        held = new byte[inputs.size()][][];
        results = new FloatBuffer[outputs.size()];
        try {
            for (int i = 0; i < numbers.length; i++) {
                OnnxApi.bindInput(binding, arena.allocateFrom(inputs.get(i).input()), input(inputs.get(i), i, shape));
            }
            for (int i = 0; i < results.length; i++) {
                OnnxOutput output = outputs.get(i);
                MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, (long) rows * output.width());
                MemorySegment extent = arena.allocateFrom(ValueLayout.JAVA_LONG, output.shape(rows));
                results[i] = floats(memory);
                OnnxApi.bindOutput(binding, arena.allocateFrom(output.name()), kept(OnnxApi.floats(memory, extent)));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    int rows() {
        return rows;
    }

    /// Scores as many rows of a block as it is for, from one place on, into arrays of one value per row of the block.
    void score(RowBlock block, int from, float[][] answers) {
        for (int input = 0; input < numbers.length; input++) {
            if (numbers[input] != null) {
                numbers[input].put(0, block.numbers(input), from, rows);
            } else {
                hand(block.words(), block.codes(input), from, words[input], held[input]);
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

    private MemorySegment input(Bindings.In input, int i, MemorySegment shape) {
        if (input.kind() == Bindings.Kind.STRING) {
            held[i] = new byte[rows][];
            words[i] = kept(OnnxApi.words(shape));
            return words[i];
        }
        MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, rows);
        numbers[i] = floats(memory);
        return kept(OnnxApi.floats(memory, shape));
    }

    @SuppressWarnings("restricted")
    private void hand(Words dictionary, int[] codes, int from, MemorySegment tensor, byte[][] known) {
        for (int row = 0; row < rows; row++) {
            byte[] utf8 = dictionary.utf8(codes[from + row]);
            if (known[row] != utf8) {
                known[row] = utf8;
                MemorySegment buffer =
                        OnnxApi.resizeWord(tensor, row, utf8.length, place).reinterpret(utf8.length);
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
