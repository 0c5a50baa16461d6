package dev.orrery.model.compiled;

import dev.orrery.model.Anatomy;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A graph as plain Java: any number of threads may run it at once. Nothing is allocated for a row.
public final class Plan {

    private final Dictionary dictionary;
    private final Step[] steps;
    private final float[] fixed;
    private final int[] fixedWords;
    private final int[] outputs;
    private final Parts parts;
    /// The columns of numbers, and where each goes.
    private final int[] numberColumns;

    private final int[] numberPlaces;
    /// The columns of words, and where each goes.
    private final int[] wordColumns;

    private final int[] wordPlaces;

    Plan(
            List<Input> inputs,
            Dictionary dictionary,
            int[] places,
            List<Step> steps,
            float[] fixed,
            int[] fixedWords,
            int[] outputs,
            Parts parts) {
        this.dictionary = dictionary;
        this.steps = steps.toArray(Step[]::new);
        this.fixed = fixed;
        this.fixedWords = fixedWords;
        this.outputs = outputs;
        this.parts = parts;
        numberColumns = columns(inputs, false);
        wordColumns = columns(inputs, true);
        numberPlaces =
                Arrays.stream(numberColumns).map(column -> places[column]).toArray();
        wordPlaces = Arrays.stream(wordColumns).map(column -> places[column]).toArray();
    }

    /// The plan of a graph for what a card binds.
    ///
    /// @throws NotCompiled when something in it is not known here
    public static Plan of(Graph graph, ModelCard card) {
        try {
            return Compiler.compile(graph, card);
        } catch (NotCompiled e) {
            throw e;
        } catch (RuntimeException e) {
            throw new NotCompiled(e);
        }
    }

    /// Answers rows of a block, for each output that the card binds an array with one value per row.
    public void score(RowBlock rows, float[][] answers) {
        Work work = work(rows);
        int[] known = work.known(rows.words(), dictionary);
        for (int row = 0; row < rows.size(); row++) {
            run(rows, row, work, known);
            for (int i = 0; i < outputs.length; i++) {
                answers[i][row] = work.numbers[outputs[i]];
            }
        }
    }

    /// How it comes to its answers, where that is one sum of weights, or of trees, or several.
    public Optional<Anatomy> anatomy() {
        return parts.sums() == null ? Optional.empty() : Optional.of(new Explained());
    }

    private void run(RowBlock rows, int row, Work work, int[] known) {
        float[] numbers = work.numbers;
        int[] words = work.words;
        for (int i = 0; i < numberColumns.length; i++) {
            numbers[numberPlaces[i]] = rows.numbers(numberColumns[i])[row];
        }
        for (int i = 0; i < wordColumns.length; i++) {
            words[wordPlaces[i]] = known[rows.codes(wordColumns[i])[row]];
        }
        for (Step step : steps) {
            step.run(numbers, words);
        }
    }

    private Work work(RowBlock rows) {
        return rows.kept(this, Work.class, () -> new Work(fixed.clone(), fixedWords.clone()));
    }

    private static int[] columns(List<Input> inputs, boolean areWords) {
        int[] columns = new int[inputs.size()];
        int count = 0;
        for (int i = 0; i < columns.length; i++) {
            if (inputs.get(i).type().isString() == areWords) {
                columns[count++] = i;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    private final class Explained implements Anatomy {

        @Override
        public int[] columns() {
            return parts.columns();
        }

        @Override
        public void read(RowBlock rows, int row, float[] features) {
            Work work = work(rows);
            run(rows, row, work, work.known(rows.words(), dictionary));
            int[] places = parts.places();
            for (int i = 0; i < places.length; i++) {
                features[i] = work.numbers[places[i]];
            }
        }

        @Override
        public Sums sums() {
            return parts.sums();
        }

        @Override
        public List<Reading> readings() {
            return parts.readings();
        }
    }
}
