package dev.orrery.inference.job;

import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// What is scored in the background.
@Path("/v1/jobs")
@RunOnVirtualThread
@Tag(name = "Jobs", description = "Files and dataset versions that are scored in the background.")
class JobResource {

    @Schema(name = "ScoringJobs")
    record JobPage(
            List<JobView> jobs,

            @Schema(description = "asks for the next page; absent on the last")
            String nextPageToken) {}

    private final Jobs jobs;
    private final JobFiles files;

    JobResource(Jobs jobs, JobFiles files) {
        this.jobs = jobs;
        this.files = files;
    }

    @GET
    @Operation(summary = "The jobs that are kept, the newest first")
    @APIResponse(responseCode = "400", description = "the limit or page token is none")
    public JobPage list(
            @Parameter(description = "how many at most, 1 to 1,000; 100 when it is left out") @RestQuery Integer limit,
            @Parameter(description = "the `next_page_token` of the page before") @RestQuery("page_token")
                    String pageToken,
            @Parameter(description = "only those of an endpoint") @RestQuery String endpoint) {
        PageRequest request = PageRequest.of(limit, pageToken);
        List<Job> read = jobs.before(request.text(0, null), endpoint)
                .limit(request.toRead())
                .toList();
        Page<Job> page = Page.of(request, read, job -> List.of(job.id()));
        return new JobPage(page.map(JobView::of).items(), page.nextToken());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far a job is")
    @APIResponse(responseCode = "404", description = "There is no such job, or it is kept no more")
    public JobView get(String id) {
        return JobView.of(jobs.get(id));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "End a job, or remove one that is over",
            description = "One under way is cancelled, and what it has scored stays. One that is over is removed with"
                    + " all its files.")
    @APIResponse(responseCode = "200", description = "It is cancelled")
    @APIResponse(responseCode = "204", description = "It is removed")
    @APIResponse(responseCode = "404", description = "There is no such job")
    public Response remove(String id) {
        return jobs.remove(id)
                .map(job -> Response.ok(JobView.of(job)).build())
                .orElseGet(() -> Response.noContent().build());
    }

    @GET
    @Path("/{id}/output")
    @Operation(summary = "The scores, a row for each that was scored, in the order of the source")
    @APIResponse(responseCode = "404", description = "There is no such job")
    @APIResponse(responseCode = "409", description = "The job is not done")
    public Response output(
            String id,
            @Parameter(description = "true gives what there is of a CSV output, done or not") @RestQuery
                    boolean partial) {
        Job job = jobs.get(id);
        return file(
                files.output(job, partial),
                job.output() == Job.Form.CSV ? SubmissionResource.CSV : SubmissionResource.PARQUET,
                job,
                "scores");
    }

    @GET
    @Path("/{id}/errors")
    @Operation(summary = "The rows that were not scored, each with the reason, as CSV")
    @APIResponse(responseCode = "404", description = "There is no such job")
    public Response errors(String id) {
        Job job = jobs.get(id);
        return file(files.errors(job), SubmissionResource.CSV, job, "errors");
    }

    private static Response file(StreamingOutput content, String type, Job job, String what) {
        String end = type.equals(SubmissionResource.CSV) ? "csv" : "parquet";
        return Response.status(Status.OK)
                .entity(content)
                .type(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s-%s-%s.%s\"".formatted(job.endpoint(), job.id(), what, end))
                .build();
    }
}
