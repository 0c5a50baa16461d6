package dev.orrery.cli.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a Java process of the platform is started: small, quiet, and the same way each time, since a start-up cache
/// only fits the flags that it was recorded with.
final class Jvm {

    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ReservedCodeCacheSize=64m",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.net.preferIPv4Stack=true",
            "-Dfile.encoding=UTF-8");

    /// Variables by which a user's shell would change our processes behind our back.
    static final List<String> FOREIGN_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static List<String> flags(int heapMegabytes) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-Xmx%dm".formatted(heapMegabytes));
        return flags;
    }
}
