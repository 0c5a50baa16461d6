package dev.orrery.monitoring.prediction;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Flag;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// One prediction, long after its answer.
@Path("/v1/predictions")
@RunOnVirtualThread
@Tag(name = "Predictions", description = "What was asked and answered, by the id that the answer gave.")
class PredictionResource {

    @Schema(name = "PredictionPosition")
    record Position(String topic, int partition, long offset) {}

    /// @param column the input that is meant
    @Schema(name = "FlaggedInput")
    record Flagged(String column, Flag.Kind kind) {}

    @Schema(name = "TracedPrediction")
    record View(
            String id,
            String endpoint,
            long deploymentRevision,
            String model,
            int version,
            Role role,
            @Schema(description = "what computed") String engine,
            String useCase,
            Integer useCaseRevision,
            @Schema(description = "when it was answered") Instant at,
            long latencyMicros,

            @Schema(description = "whom it is about; a pseudonym where the key is personal")
            String entity,

            @Schema(
                    description =
                            "what the model was given, as its topic keeps it: columns that are missing are left out")
            Map<String, Object> inputs,

            @Schema(description = "what it answered; empty for a failure")
            Map<String, Object> outputs,

            @Schema(description = "ok, or why there is no answer: invalid, failed or shed")
            Outcome outcome,

            @Schema(description = "why there is no answer; absent where there is one")
            String error,

            @Schema(description = "how many predictions it stands for, where only a share is logged")
            double weight,

            @Schema(description = "what is remarkable about inputs")
            List<Flagged> flags,

            @Schema(description = "the caller's W3C trace context, where there was one")
            String traceparent,

            Position position,
            Lineage lineage,

            @Schema(description = "why the version answers such a row so, found out now")
            Anew.Explained explanation) {

        static View of(PredictionId id, Located found, Lineage lineage, Anew.Explained explanation) {
            PredictionsHeader header = found.header();
            Prediction row = found.row();
            return new View(
                    id.toString(),
                    header.endpoint(),
                    header.deploymentRevision(),
                    header.model(),
                    header.version(),
                    header.role(),
                    header.engine(),
                    header.useCase(),
                    header.useCaseRevision(),
                    row.at(),
                    row.latencyNanos() / 1000,
                    row.entity(),
                    named(header.columns(), row.cells()),
                    named(header.outputs(), row.outputs()),
                    row.outcome(),
                    row.error(),
                    row.weight(),
                    row.flags().stream()
                            .map(flag -> new Flagged(header.columns().get(flag.column()), flag.kind()))
                            .toList(),
                    row.traceparent(),
                    new Position(Topic.PREDICTIONS.title(), found.partition(), found.offset()),
                    lineage,
                    explanation);
        }

        private static Map<String, Object> named(List<String> names, List<Object> values) {
            Map<String, Object> named = LinkedHashMap.newLinkedHashMap(values.size());
            for (int place = 0; place < values.size(); place++) {
                if (values.get(place) != null) {
                    named.put(names.get(place), values.get(place));
                }
            }
            return named;
        }
    }

    private final Predictions predictions;
    private final Ancestry ancestry;
    private final Anew anew;

    PredictionResource(Predictions predictions, Ancestry ancestry, Anew anew) {
        this.predictions = predictions;
        this.ancestry = ancestry;
        this.anew = anew;
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "A prediction by its id",
            description = "Read back from its topic, with where its model came from as far as the other services say.")
    @APIResponse(responseCode = "200", description = "What was asked, answered, by whom, and from which data")
    @APIResponse(responseCode = "404", description = "There is no such prediction, or not yet; detail says which")
    @APIResponse(responseCode = "410", description = "It is kept no more")
    @APIResponse(responseCode = "503", description = "The database or the broker is away; ask again")
    public View get(
            @Parameter(description = "the id that the answer gave") String id,
            @Parameter(description = "false leaves out where the model came from") @RestQuery Boolean lineage,
            @Parameter(description = "false leaves out why") @RestQuery Boolean explanation) {
        PredictionId wanted = PredictionId.of(id);
        Located found = predictions.get(wanted);
        return View.of(
                wanted,
                found,
                Boolean.FALSE.equals(lineage) ? null : ancestry.of(found.header()),
                Boolean.FALSE.equals(explanation) ? null : anew.explain(found));
    }
}
