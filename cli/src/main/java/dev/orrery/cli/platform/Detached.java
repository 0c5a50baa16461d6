package dev.orrery.cli.platform;

import java.util.List;

/// A child that the terminal's Ctrl-C and hang-up do not reach, so that the supervisor alone decides who stops when.
final class Detached {

    /// Put before a command. The JVM keeps a signal ignored that was ignored when it started, as POSIX programs should.
    static final List<String> SHELL = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private Detached() {}
}
