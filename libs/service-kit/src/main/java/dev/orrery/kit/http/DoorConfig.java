package dev.orrery.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Who may come in, and how much a body may take of the memory and time of all.
@ConfigMapping(prefix = "orrery.door")
public interface DoorConfig {

    /// The names, without port, by which clients reach this service besides the loopback names: those used in
    /// containers or behind a proxy. A browser that was led here under another name (DNS rebinding) is turned away.
    Optional<Set<String>> hosts();

    /// Web pages besides this service's own that may change things here, such as `https://console.example.org`.
    Optional<Set<String>> origins();

    /// Paths (regular expressions) whose bodies go to disk as they come: any size, any type, no share of the memory.
    Optional<Set<String>> streams();

    /// How long a new connection may take to send the head of its first request.
    @WithDefault("20s")
    Duration headPatience();

    /// Bodies that are held in memory.
    Bodies bodies();

    /// Bodies that are held in memory.
    interface Bodies {

        /// The share of the heap, in percent, that all of them may take together; who finds no room is answered 503.
        @WithDefault("25")
        int heapShare();

        /// The share of the heap, in percent, that bodies up to [#small()] may take together.
        @WithDefault("10")
        int smallHeapShare();

        /// Bodies up to this size have room of their own, so that large ones cannot keep small ones out.
        @WithDefault("64K")
        MemorySize small();

        /// What a body that does not announce its length is taken for, and the most that it may have.
        @WithDefault("8M")
        MemorySize unannounced();

        /// How long a body may stand still, and take to arrive besides the time that its bytes take at the least rate.
        @WithDefault("10s")
        Duration patience();

        /// The least rate at which a body has to arrive, in bytes per second.
        @WithDefault("64K")
        MemorySize rate();
    }
}
