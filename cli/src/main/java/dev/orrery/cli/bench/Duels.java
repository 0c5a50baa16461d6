package dev.orrery.cli.bench;

import dev.orrery.cli.Story;
import dev.orrery.cli.bench.Duel.Round;
import dev.orrery.cli.load.Run;
import java.util.ArrayList;
import java.util.List;

/// All duels, round after round, so that a moment's noise meets several.
record Duels(List<Duel> all, int connections, int seconds, int rounds, Story story) {

    List<Duel.Result> fight() {
        List<Run> warmUps = new ArrayList<>();
        List<List<Round>> fought = new ArrayList<>();
        for (Duel duel : all) {
            story.tell("Warming up: %s, %s …", duel.kind().endpoint(), duel.mode());
            warmUps.add(duel.service().ask(duel.wire(), connections, seconds));
            fought.add(new ArrayList<>());
        }
        for (int round = 1; round <= rounds; round++) {
            story.tell("Round %d of %d …", round, rounds);
            for (int i = 0; i < all.size(); i++) {
                fought.get(i).add(all.get(i).round(connections, seconds));
            }
        }
        List<Duel.Result> results = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            results.add(all.get(i).result(warmUps.get(i), fought.get(i)));
        }
        return results;
    }
}
