package dev.orrery.inference.mlflow;

import dev.orrery.inference.ContentCodings;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.RequestThreads;
import dev.orrery.inference.rows.CsvRows;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Answers what MLflow's clients ask of an endpoint.
@Singleton
class Scoring {

    private final Predictions predictions;
    private final ScoringForms forms;
    private final CsvRows csvRows;
    private final RequestThreads threads;
    private final ContentCodings codings;

    Scoring(
            Predictions predictions,
            ScoringForms forms,
            CsvRows csvRows,
            RequestThreads threads,
            ContentCodings codings) {
        this.predictions = predictions;
        this.forms = forms;
        this.csvRows = csvRows;
        this.threads = threads;
        this.codings = codings;
    }

    /// @param coding the body's `Content-Encoding`, or null
    Uni<ScoringAnswer> answer(String endpoint, String coding, byte[] body) {
        return answer(
                endpoint,
                codings.size(coding, body),
                serving -> forms.read(codings.expand(coding, body), serving.card()));
    }

    /// The same of a CSV body.
    Uni<ScoringAnswer> answerTable(String endpoint, String coding, byte[] body) {
        return answer(
                endpoint,
                codings.size(coding, body),
                serving -> csvRows.read(codings.expand(coding, body), serving.card()));
    }

    private Uni<ScoringAnswer> answer(String endpoint, long bytes, Predictions.Reader reader) {
        return threads.answer(bytes, Deadlines.current(), () -> ScoringAnswer.of(predictions.ask(endpoint, reader)));
    }
}
