package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.model.Decision.AtThreshold;
import dev.orrery.model.Decision.MostProbable;
import dev.orrery.model.Flags;
import dev.orrery.model.explain.Explanation;
import java.util.List;

/// What one request was answered, by one version.
///
/// @param serving who answered; it may have left service since
/// @param first   the sequence of the first row's prediction
/// @param answers an array of one value per row for each output that the graph computes
/// @param flags   what is unusual about the rows
/// @param why     why each row is answered so; null where nobody asked
public record Answer(Serving serving, long first, float[][] answers, Flags flags, List<Explanation> why) {

    Answer(Serving serving, long first, float[][] answers, Flags flags) {
        this(serving, first, answers, flags, null);
    }

    /// The same with the reasons.
    public Answer because(List<Explanation> reasons) {
        return new Answer(serving, first, answers, flags, reasons);
    }

    public int size() {
        return answers[0].length;
    }

    public PredictionsHeader header() {
        return serving.header();
    }

    public String id(int row) {
        return header().id(first + row);
    }

    /// What one of the card's outputs, by its place, is for a row: a 32-bit float, or of a decision a boolean or, among
    /// several classes, the label's value.
    public Object value(int output, int row) {
        int place = serving.computed(output);
        return place == Serving.DECIDED ? decision(row) : (Object) answers[place][row];
    }

    private Object decision(int row) {
        return switch (serving.decision()) {
            case AtThreshold decision -> decision.isPositive(answers, row);
            case MostProbable decision -> decision.of(answers, row);
        };
    }
}
