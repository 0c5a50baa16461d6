package dev.orrery.training.job;

import dev.orrery.contracts.problem.Problem;
import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.training.job.Trainings.Wish;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Trainings, asked for and watched.
@Path("/v1/trainings")
@RunOnVirtualThread
@Tag(name = "Trainings", description = "Turn a dataset version and a recipe into a registered model version.")
class TrainingResource {

    @Schema(name = "NewTraining", description = "What is to be trained.")
    record NewTraining(
            @Schema(description = "name of the use case", required = true)
            String useCase,

            @Schema(
                    description = "one of the use case's recipes, or baseline: its rule",
                    required = true,
                    examples = "gradient-boosting")
            String recipe,

            @Schema(
                    description =
                            "which version of the use case's dataset; the newest, or the first to come, if absent")
            Integer datasetVersion,

            @Schema(description = "which revision of the use case; the newest if absent")
            Integer useCaseRevision,

            @Schema(description = "why, for the record") String reason) {}

    private final Trainings trainings;
    private final TrainingLoop loop;

    TrainingResource(Trainings trainings, TrainingLoop loop) {
        this.trainings = trainings;
        this.loop = loop;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a training",
            description = "Trainings are done one after the other. A dataset version or a use-case revision that is"
                    + " not there yet is waited for, 30 seconds unless configured otherwise; then the training fails"
                    + " and says so.")
    @APIResponse(
            responseCode = "202",
            description = "The training waits for its turn; Location shows how far it is.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TrainingView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The request is incomplete, has fields that nobody knows, or names an unknown recipe.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "404", description = "The use case is not known, or the version is no more.")
    @APIResponse(responseCode = "409", description = "The Idempotency-Key was sent before with another request.")
    @APIResponse(responseCode = "503", description = "The newest use cases may not be known here; try again.")
    public RestResponse<TrainingView> request(
            NewTraining training,
            @Parameter(description = "sent again with the same key, a request finds the training it made before")
                    @HeaderParam("Idempotency-Key")
                    String idempotencyKey) {
        requireComplete(training);
        Wish wish = new Wish(
                training.useCase(),
                training.recipe(),
                training.datasetVersion(),
                training.useCaseRevision(),
                training.reason());
        TrainingJob job = trainings.request(id(idempotencyKey), wish);
        loop.nudge();
        return ResponseBuilder.<TrainingView>create(Status.ACCEPTED)
                .location(URI.create("/v1/trainings/" + job.id))
                .entity(TrainingView.of(job))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far a training is, and what it came to")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TrainingView.class)))
    @APIResponse(responseCode = "404", description = "There is no such training, or no more.")
    public TrainingView get(String id) {
        return TrainingView.of(trainings.get(id));
    }

    @GET
    @Operation(summary = "Trainings, the newest first")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TrainingView.Some.class)))
    @APIResponse(responseCode = "400", description = "The limit or the page_token is none.")
    public TrainingView.Some list(
            @Parameter(description = "only those of this use case") @QueryParam("use_case") String useCase,
            @Parameter(description = "how many at most: 1 to 1,000, 100 if absent") @QueryParam("limit") Integer limit,
            @Parameter(description = "next_page_token of the page before") @QueryParam("page_token") String pageToken) {
        Page<TrainingView> page =
                trainings.list(useCase, PageRequest.of(limit, pageToken)).map(TrainingView::of);
        return new TrainingView.Some(page.items(), page.nextToken());
    }

    private static void requireComplete(NewTraining training) {
        List<FieldError> errors = new ArrayList<>();
        if (training == null || training.useCase() == null) {
            errors.add(new FieldError("use_case", "is missing"));
        }
        if (training == null || training.recipe() == null) {
            errors.add(new FieldError("recipe", "is missing"));
        }
        if (!errors.isEmpty()) {
            throw new Invalid("A training needs a use_case and a recipe.", errors);
        }
    }

    private static String id(String idempotencyKey) {
        return idempotencyKey == null
                ? UUID.randomUUID().toString()
                : UUID.nameUUIDFromBytes(("training:" + idempotencyKey).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }
}
