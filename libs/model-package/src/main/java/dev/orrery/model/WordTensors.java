package dev.orrery.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/// Tensors of words, in the bytes that a graph compares.
///
/// ONNX Runtime's Java side hands words over in JNI's modified UTF-8, where a character beyond the basic plane has six
/// bytes instead of four and NUL has two: such a word would match no word of any graph, and nothing would tell. So the
/// bytes of these words are put into the tensor through the runtime's C interface.
final class WordTensors {

    /// The place of `GetResizedStringTensorElementBuffer` in the C interface, which only ever grows at its end.
    private static final long RESIZED_BUFFER = 252;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final MethodHandle RESIZE = resize();
    private static final Field HANDLE = accessible(OnnxTensorLike.class, "nativeHandle");

    private WordTensors() {}

    static OnnxTensor of(OrtEnvironment environment, String[] words) throws OrtException {
        OnnxTensor tensor = OnnxTensor.createTensor(environment, words, new long[] {words.length, 1});
        CharsetEncoder utf8 = null;
        for (int i = 0; i < words.length; i++) {
            if (isModified(words[i])) {
                utf8 = utf8 == null ? StandardCharsets.UTF_8.newEncoder() : utf8;
                // Half a character has no UTF-8: as JNI writes it, it matches nothing, which is right.
                if (utf8.canEncode(words[i])) {
                    put(tensor, i, words[i].getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return tensor;
    }

    /// Whether JNI's bytes of a word are not its UTF-8.
    private static boolean isModified(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == 0 || Character.isSurrogate(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("restricted")
    private static void put(OnnxTensor tensor, int index, byte[] utf8) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(POINTER);
            MemorySegment failure = (MemorySegment) RESIZE.invokeExact(
                    MemorySegment.ofAddress(HANDLE.getLong(tensor)), (long) index, (long) utf8.length, place);
            if (failure.address() != 0) {
                throw new IllegalStateException("ONNX Runtime refuses the word");
            }
            MemorySegment buffer = place.get(POINTER, 0).reinterpret(utf8.length);
            MemorySegment.copy(utf8, 0, buffer, ValueLayout.JAVA_BYTE, 0, utf8.length);
        } catch (Throwable e) {
            tensor.close();
            throw new UnusableModel("a word could not be handed over: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle resize() {
        try {
            Class<?> runtime = Class.forName("ai.onnxruntime.OnnxRuntime");
            long table = accessible(runtime, "ortApiHandle").getLong(null);
            MemorySegment function = MemorySegment.ofAddress(table)
                    .reinterpret((RESIZED_BUFFER + 1) * POINTER.byteSize())
                    .getAtIndex(POINTER, RESIZED_BUFFER);
            return Linker.nativeLinker()
                    .downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    POINTER, POINTER, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, POINTER));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this ONNX Runtime is built otherwise than the one known here", e);
        }
    }

    private static Field accessible(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this ONNX Runtime is built otherwise than the one known here", e);
        }
    }
}
