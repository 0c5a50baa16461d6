package dev.orrery.inference.endpoint;

import dev.orrery.model.Golden;
import java.util.List;

/// Asks a version before anybody else does, so that nobody waits for the compiler.
public interface WarmUp {

    /// Asks a version its golden rows, again and again, as requests ask it. Nothing of it is on record.
    ///
    /// @param serving one that nobody else asks yet
    /// @return what is wrong with the answers, one sentence for each request
    List<String> ask(Serving serving, Golden golden);
}
