package dev.orrery.training.job;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why native code could not be loaded, in words that say what to do.
final class NativeLibraries {

    private static final Pattern ABSENT_ON_LINUX =
            Pattern.compile("([\\w.+-]+\\.so[.\\d]*): cannot open shared object file");
    private static final Pattern ABSENT_ON_MAC = Pattern.compile("Library not loaded: (?:\\S*/)?([\\w.+-]+\\.dylib)");
    private static final Map<String, String> WAYS_OUT =
            Map.of("libgomp.so.1", "apt-get install libgomp1", "libomp.dylib", "brew install libomp");

    private NativeLibraries() {}

    /// The failure of a job that needs native code which cannot be loaded here.
    static IllegalStateException explained(LinkageError e) {
        String reason = missing(e)
                .map(library -> "%s is missing on this machine%s"
                        .formatted(
                                library, WAYS_OUT.containsKey(library) ? ": " + WAYS_OUT.get(library) : "; install it"))
                .orElseGet(() -> "code that it needs cannot be loaded here: "
                        + deepest(e).getMessage());
        return new IllegalStateException(reason, e);
    }

    /// The library that the system's linker looked for in vain. After the first time the JVM only says that a class
    /// could not be initialised, and remembers why as a cause.
    private static Optional<String> missing(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            for (Pattern pattern : new Pattern[] {ABSENT_ON_LINUX, ABSENT_ON_MAC}) {
                Matcher matcher = pattern.matcher(message);
                if (matcher.find()) {
                    return Optional.of(matcher.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static Throwable deepest(Throwable e) {
        return e.getCause() == null ? e : deepest(e.getCause());
    }
}
