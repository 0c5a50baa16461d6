package dev.orrery.model.explain;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import java.util.ArrayList;
import java.util.List;

/// The search for what turns one row's decision.
final class Search {

    private final Turning all;
    private final List<Input> inputs;
    private final RowBlock rows;
    private final int row;
    private final int decided;
    private final Trials trials;
    private final Candidate[] found;
    private final List<List<Candidate>> ladders = new ArrayList<>();

    /// @param decided how the row is decided as it is
    Search(Turning all, RowBlock rows, int row, int decided) {
        this.all = all;
        this.rows = rows;
        this.row = row;
        this.decided = decided;
        inputs = all.inputs;
        trials = new Trials(all.model);
        found = new Candidate[inputs.size()];
    }

    /// Per column the nearest change that turns the decision, or null.
    Candidate[] found(float[] features) {
        propose(features);
        narrow();
        say();
        return found;
    }

    /// Proposes values of all columns, and asks.
    private void propose(float[] features) {
        List<Candidate> proposed = new ArrayList<>();
        for (int column = 0; column < inputs.size(); column++) {
            boolean isTruth = inputs.get(column).type() == ColumnType.BOOLEAN;
            switch (Cell.of(rows, row, column)) {
                case Cell.Word(String word) -> proposeWords(column, word, proposed);
                case Cell.Of(float number) when isTruth -> proposeTruths(column, number, proposed);
                case Cell.Of(float number) -> proposeNumbers(column, number, features, proposed);
            }
        }
        List<Candidate> all = new ArrayList<>(proposed);
        ladders.forEach(all::addAll);
        ask(all);
        proposed.forEach(this::keep);
    }

    private void proposeWords(int column, String own, List<Candidate> proposed) {
        for (String word : all.words.get(column)) {
            if (!word.equals(own)) {
                proposed.add(new Candidate(column, new Cell.Word(word), 1));
            }
        }
    }

    private void proposeTruths(int column, float own, List<Candidate> proposed) {
        for (float truth = 0; truth <= 1; truth++) {
            if (truth != own) {
                proposed.add(new Candidate(column, new Cell.Of(truth), 1));
            }
        }
    }

    private void proposeNumbers(int column, float own, float[] features, List<Candidate> proposed) {
        Numbers allowed = all.numbers.get(column);
        float[] known = all.steering.turns(features, column, allowed.start(own), decided);
        if (known != null) {
            for (float number : known) {
                if (allowed.allows(number)) {
                    proposed.add(candidate(column, number));
                }
            }
            return;
        }
        for (boolean above : new boolean[] {false, true}) {
            ladders.add(allowed.tried(own, above, all.steering.isSteady()).stream()
                    .map(number -> candidate(column, number))
                    .toList());
        }
    }

    /// Between the first number of a side that turns the decision and the last that does not, the nearest
    /// is looked for by halves.
    private void narrow() {
        List<Candidate> turning = new ArrayList<>();
        List<Float> staying = new ArrayList<>();
        for (List<Candidate> ladder : ladders) {
            int rung = 0;
            while (rung < ladder.size() && !ladder.get(rung).turns()) {
                rung++;
            }
            if (rung < ladder.size()) {
                Candidate first = ladder.get(rung);
                turning.add(first);
                staying.add(
                        rung > 0
                                ? ladder.get(rung - 1).number()
                                : all.numbers.get(first.column()).start(own(first)));
            }
        }
        while (halve(turning, staying)) {}
        turning.forEach(this::keep);
    }

    private boolean halve(List<Candidate> turning, List<Float> staying) {
        List<Candidate> middles = new ArrayList<>();
        for (int i = 0; i < turning.size(); i++) {
            Candidate far = turning.get(i);
            float middle = all.numbers.get(far.column()).between(staying.get(i), far.number());
            middles.add(Float.isNaN(middle) ? null : candidate(far.column(), middle));
        }
        List<Candidate> asked =
                middles.stream().filter(middle -> middle != null).toList();
        ask(asked);
        for (int i = 0; i < turning.size(); i++) {
            Candidate middle = middles.get(i);
            if (middle != null && middle.turns()) {
                turning.set(i, middle);
            } else if (middle != null) {
                staying.set(i, middle.number());
            }
        }
        return !asked.isEmpty();
    }

    /// Says numbers as shortly as can be, where that turns the decision as well.
    private void say() {
        List<Candidate> shorter = new ArrayList<>();
        for (Candidate candidate : found) {
            if (candidate != null && inputs.get(candidate.column()).type() == ColumnType.NUMBER) {
                float rounded = all.numbers.get(candidate.column()).rounded(candidate.number(), own(candidate));
                if (rounded != candidate.number()) {
                    shorter.add(candidate(candidate.column(), rounded));
                }
            }
        }
        ask(shorter);
        for (Candidate candidate : shorter) {
            if (candidate.turns()) {
                found[candidate.column()] = candidate;
            }
        }
    }

    private void ask(List<Candidate> candidates) {
        int asked = 0;
        for (int next = 0; next < candidates.size(); next++) {
            Candidate candidate = candidates.get(next);
            trials.put(trials.add(rows, row), candidate.column(), candidate.value());
            if (trials.isFull()) {
                answer(candidates.subList(asked, next + 1));
                asked = next + 1;
            }
        }
        if (asked < candidates.size()) {
            answer(candidates.subList(asked, candidates.size()));
        }
    }

    private void answer(List<Candidate> candidates) {
        float[][] answers = trials.answers();
        for (int trial = 0; trial < candidates.size(); trial++) {
            float[] answered = new float[answers.length];
            for (int output = 0; output < answered.length; output++) {
                answered[output] = answers[output][trial];
            }
            candidates.get(trial).asked(answered, all.decision.number(answers, trial) != decided);
        }
    }

    private void keep(Candidate candidate) {
        Candidate known = found[candidate.column()];
        if (candidate.turns() && (known == null || candidate.distance() < known.distance())) {
            found[candidate.column()] = candidate;
        }
    }

    private Candidate candidate(int column, float number) {
        double distance = all.numbers.get(column).distance(rows.numbers(column)[row], number);
        return new Candidate(column, new Cell.Of(number), distance);
    }

    private float own(Candidate candidate) {
        return rows.numbers(candidate.column())[row];
    }
}
