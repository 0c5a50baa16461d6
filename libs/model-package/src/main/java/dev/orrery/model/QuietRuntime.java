package dev.orrery.model;

import ai.onnxruntime.OrtEnvironment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// The process's one ONNX Runtime environment, made with its telemetry off: by default the runtime reports to its maker
/// over HTTPS, and (1.29) crashes a process whose command line is longer than 3,700 bytes while it prepares to.
final class QuietRuntime {

    private static final int OVERWRITE = 1;

    private QuietRuntime() {}

    static OrtEnvironment environment() {
        // The runtime reads the variable of the process itself, which Java cannot set; the C library can.
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        setenv.ifPresent(function -> set(linker, function, "ORT_DISABLE_TELEMETRY", "1"));
        return OrtEnvironment.getEnvironment();
    }

    @SuppressWarnings("restricted")
    private static void set(Linker linker, MemorySegment setenv, String name, String value) {
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) linker.downcallHandle(setenv, signature)
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), OVERWRITE);
        } catch (Throwable e) {
            throw new IllegalStateException("the environment variable %s could not be set".formatted(name), e);
        }
    }
}
