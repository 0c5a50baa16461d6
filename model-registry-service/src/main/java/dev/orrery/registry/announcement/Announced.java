package dev.orrery.registry.announcement;

import dev.orrery.contracts.Topic;
import java.util.Map;

/// Things of one kind whose state as a whole lies on a compacted topic, for whoever comes later.
public interface Announced {

    Topic topic();

    /// The revision at which each thing stands, by its key on the topic.
    Map<String, Long> revisions();

    /// Announces a thing once more, as it stands.
    void announce(String key);
}
