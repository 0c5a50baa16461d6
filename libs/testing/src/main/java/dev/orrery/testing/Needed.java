package dev.orrery.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What a test needs and a machine may not have. Where continuous integration runs (`CI=true`) its absence is a
/// failure, since nobody reads there what was skipped; elsewhere the test is skipped with a word.
public final class Needed {

    private static final boolean STRICT = "true".equals(System.getenv("CI"));
    /// A public forge has no data sets beside the project, and says so in its workflow.
    private static final boolean WITHOUT_DATA = "true".equals(System.getenv("ORRERY_TEST_WITHOUT_DATA"));

    private Needed() {}

    /// A file or folder of the shared data sets: `telco/Telco-Customer-Churn.csv`.
    public static Path data(String path) {
        Path found =
                Path.of(System.getProperty("orrery.shared-data", "nowhere")).resolve(path);
        if (Files.notExists(found)) {
            missing("the data set %s is not at %s".formatted(path, found), STRICT && !WITHOUT_DATA);
        }
        return found;
    }

    /// A program of the operating system: `promtool`.
    public static Path tool(String name) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            missing(name + " is not installed", STRICT);
        }
        return found.orElseThrow();
    }

    private static void missing(String what, boolean strict) {
        if (strict) {
            fail(what);
        }
        abort(what);
    }
}
