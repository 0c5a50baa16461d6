package dev.orrery.model;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;

/// ONNX Runtime's C interface, as far as a prediction needs it. Its Java side makes a tensor for each column of each
/// request, copies each name with each call, and hands words over in JNI's modified UTF-8, in which a character beyond
/// the basic plane matches no word of any graph. Here values are bound to names once and used again.
///
/// The interface is a table of functions that only ever grows at its end; the numbers here are places in it.
final class OnnxApi {

    private static final int FLOAT = 1;
    private static final int STRING = 8;
    private static final int ARENA_ALLOCATOR = 1;
    private static final int DEFAULT_MEMORY = 0;
    private static final int LAST = 252;
    private static final MemorySegment TABLE = table();
    private static final MethodHandle MESSAGE = handle(2, FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final MethodHandle CREATE_TENSOR = function(48, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle WRAP_TENSOR =
            function(49, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle RELEASE_FAILURE = release(93);
    private static final MethodHandle RELEASE_VALUE = release(96);
    private static final MethodHandle RUN = function(133, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_BINDING = function(134, ADDRESS, ADDRESS);
    private static final MethodHandle RELEASE_BINDING = release(135);
    private static final MethodHandle BIND_INPUT = function(136, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle BIND_OUTPUT = function(137, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle RESIZE_WORD = function(LAST, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
    private static final Field SESSION = field(OrtSession.class, "nativeHandle");
    /// Both are the runtime's for as long as the process lives.
    private static final MemorySegment CPU = made(place -> (MemorySegment)
            function(69, JAVA_INT, JAVA_INT, ADDRESS).invokeExact(ARENA_ALLOCATOR, DEFAULT_MEMORY, place));

    private static final MemorySegment ALLOCATOR =
            made(place -> (MemorySegment) function(78, ADDRESS).invokeExact(place));

    private OnnxApi() {}

    /// A call that puts its result somewhere and answers with a failure, or with null.
    @FunctionalInterface
    private interface Making {
        MemorySegment into(MemorySegment place) throws Throwable;
    }

    static MemorySegment session(OrtSession session) {
        try {
            return MemorySegment.ofAddress(SESSION.getLong(session));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field was made accessible", e);
        }
    }

    /// A tensor of words, all empty, to be released.
    static MemorySegment words(MemorySegment shape) {
        return made(
                place -> (MemorySegment) CREATE_TENSOR.invokeExact(ALLOCATOR, shape, dimensions(shape), STRING, place));
    }

    /// A tensor over 32-bit floats of ours, which must outlive it; to be released.
    static MemorySegment floats(MemorySegment memory, MemorySegment shape) {
        return made(place -> (MemorySegment)
                WRAP_TENSOR.invokeExact(CPU, memory, memory.byteSize(), shape, dimensions(shape), FLOAT, place));
    }

    /// What a session is run with, to be released.
    static MemorySegment binding(MemorySegment session) {
        return made(place -> (MemorySegment) CREATE_BINDING.invokeExact(session, place));
    }

    static void bindInput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        try {
            require((MemorySegment) BIND_INPUT.invokeExact(binding, name, value));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void bindOutput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        try {
            require((MemorySegment) BIND_OUTPUT.invokeExact(binding, name, value));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void run(MemorySegment session, MemorySegment binding) {
        try {
            require((MemorySegment) RUN.invokeExact(session, MemorySegment.NULL, binding));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// Makes room for a word of a tensor, and returns where its bytes go.
    ///
    /// @param place room for a pointer
    static MemorySegment resizeWord(MemorySegment tensor, long index, long length, MemorySegment place) {
        try {
            require((MemorySegment) RESIZE_WORD.invokeExact(tensor, index, length, place));
        } catch (Throwable e) {
            throw failed(e);
        }
        return place.get(ADDRESS, 0);
    }

    static void releaseValue(MemorySegment value) {
        release(RELEASE_VALUE, value);
    }

    static void releaseBinding(MemorySegment binding) {
        release(RELEASE_BINDING, binding);
    }

    private static MemorySegment made(Making making) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            require(making.into(place));
            return place.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static void require(MemorySegment failure) throws Throwable {
        if (failure.address() != 0) {
            String message = text((MemorySegment) MESSAGE.invokeExact(failure));
            release(RELEASE_FAILURE, failure);
            throw new IllegalStateException(message);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment start) {
        return start.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static void release(MethodHandle function, MemorySegment what) {
        try {
            function.invokeExact(what);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException("a call of ONNX Runtime's failed", e);
        };
    }

    private static long dimensions(MemorySegment shape) {
        return shape.byteSize() / Long.BYTES;
    }

    private static MethodHandle function(int number, MemoryLayout... arguments) {
        return handle(number, FunctionDescriptor.of(ADDRESS, arguments));
    }

    private static MethodHandle release(int number) {
        return handle(number, FunctionDescriptor.ofVoid(ADDRESS));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(int number, FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(TABLE.getAtIndex(ADDRESS, number), signature);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment table() {
        try {
            QuietRuntime.environment();
            long address = field(Class.forName("ai.onnxruntime.OnnxRuntime"), "ortApiHandle")
                    .getLong(null);
            return MemorySegment.ofAddress(address).reinterpret((LAST + 1) * ADDRESS.byteSize());
        } catch (ReflectiveOperationException e) {
            throw unknownRuntime(e);
        }
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw unknownRuntime(e);
        }
    }

    private static IllegalStateException unknownRuntime(Exception e) {
        return new IllegalStateException("this ONNX Runtime is built otherwise than the one known here", e);
    }
}
