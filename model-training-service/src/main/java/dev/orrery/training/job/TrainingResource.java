package dev.orrery.training.job;

import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.training.evaluation.Evaluation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Trainings, asked for and watched.
@Path("/v1/trainings")
@RunOnVirtualThread
class TrainingResource {

    private static final int MOST = 1000;

    /// @param datasetVersion null asks for the newest
    record NewTraining(String useCase, String recipe, Integer datasetVersion, String reason) {}

    record View(
            String id,
            String useCase,
            String recipe,
            Integer datasetVersion,
            Integer useCaseRevision,
            String state,
            String step,
            int attempts,
            Evaluation metrics,
            String model,
            Integer version,
            String runId,
            String reason,
            String error,
            Instant createdAt,
            Instant finishedAt) {

        static View of(TrainingJob job) {
            return new View(
                    job.id,
                    job.useCase,
                    job.recipe,
                    job.datasetVersion,
                    job.useCaseRevision,
                    job.state.name().toLowerCase(Locale.ROOT),
                    job.step,
                    job.attempts,
                    job.evaluation(),
                    job.model,
                    job.version,
                    job.runId,
                    job.reason,
                    job.error,
                    job.createdAt,
                    job.finishedAt);
        }
    }

    record Page(List<View> trainings, String nextPageToken) {}

    private final Trainings trainings;
    private final Worker worker;

    TrainingResource(Trainings trainings, Worker worker) {
        this.trainings = trainings;
        this.worker = worker;
    }

    @POST
    public RestResponse<View> request(NewTraining training, @HeaderParam("Idempotency-Key") String idempotencyKey) {
        requireComplete(training);
        TrainingJob job = trainings.request(
                id(idempotencyKey),
                training.useCase(),
                training.recipe(),
                training.datasetVersion(),
                training.reason());
        worker.wake();
        return ResponseBuilder.<View>create(Status.ACCEPTED)
                .location(URI.create("/v1/trainings/" + job.id))
                .entity(View.of(job))
                .build();
    }

    @GET
    @Path("/{id}")
    public View get(String id) {
        return View.of(trainings.get(id));
    }

    @GET
    public Page list(
            @QueryParam("use_case") String useCase,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("page_token") String pageToken) {
        if (limit < 1 || limit > MOST) {
            throw new Invalid("limit must be 1 to %d, not %d".formatted(MOST, limit));
        }
        List<TrainingJob> jobs = trainings.list(useCase, before(pageToken), limit + 1);
        boolean more = jobs.size() > limit;
        List<TrainingJob> page = more ? jobs.subList(0, limit) : jobs;
        return new Page(page.stream().map(View::of).toList(), more ? token(page.getLast().number) : null);
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

    private static String token(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    private static long before(String token) {
        if (token == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            throw new Invalid("page_token '%s' is not one of ours".formatted(token));
        }
    }
}
