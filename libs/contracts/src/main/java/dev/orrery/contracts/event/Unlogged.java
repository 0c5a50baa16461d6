package dev.orrery.contracts.event;

import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;

/// Predictions of an instance that do not come, since it began: who misses some knows whether that was meant. The
/// numbers only rise, so the greatest that was met is the newest.
///
/// @param sampledOut left out by sampling
/// @param dropped    lost
public record Unlogged(long sampledOut, long dropped) {

    public static final Unlogged NONE = new Unlogged(0, 0);

    public Unlogged {
        Require.atLeast("sampledOut", sampledOut, 0);
        Require.atLeast("dropped", dropped, 0);
    }

    void write(BlockOutput to) {
        to.number(sampledOut).number(dropped);
    }

    static Unlogged read(BlockInput from) {
        return new Unlogged(from.number(), from.number());
    }
}
