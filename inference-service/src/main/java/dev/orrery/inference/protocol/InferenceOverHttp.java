package dev.orrery.inference.protocol;

import dev.orrery.contracts.Json;
import dev.orrery.inference.ContentCodings;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.prediction.RequestThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.atomic.AtomicReference;

/// An `infer` over HTTP: JSON or Triton's binary tensors, compressed or not, in both directions.
@Singleton
class InferenceOverHttp {

    private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";
    /// Answers of fewer bytes are not worth compressing.
    private static final int SMALL = 1024;

    private final OpenInference inference;
    private final RequestThreads threads;
    private final ContentCodings codings;

    InferenceOverHttp(OpenInference inference, RequestThreads threads, ContentCodings codings) {
        this.inference = inference;
        this.threads = threads;
        this.codings = codings;
    }

    Uni<Response> answer(String model, String version, HttpHeaders headers, byte[] body) {
        String coding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        String jsonLength = headers.getHeaderString(BinaryBody.HEADER);
        String wanted = ContentCodings.answering(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        return threads.answer(codings.size(coding, body), Deadlines.current(), () -> {
            AtomicReference<BinaryBody> read = new AtomicReference<>();
            InferenceResponse response = inference.infer(model, version, () -> {
                read.set(BinaryBody.read(codings.expand(coding, body), jsonLength));
                return read.get().request();
            });
            return response(response, read.get(), wanted);
        });
    }

    private static Response response(InferenceResponse response, BinaryBody asked, String coding) {
        boolean binary = response.outputs().stream().anyMatch(output -> asked.isBinary(output.name()));
        if (!binary) {
            return compressed(Response.ok().type(JSON), Json.bytes(response), coding);
        }
        BinaryAnswer answer = BinaryAnswer.of(response, asked);
        return compressed(
                Response.ok().type(MediaType.APPLICATION_OCTET_STREAM).header(BinaryBody.HEADER, answer.jsonLength()),
                answer.body(),
                coding);
    }

    private static Response compressed(Response.ResponseBuilder response, byte[] body, String coding) {
        return coding == null || body.length < SMALL
                ? response.entity(body).build()
                : response.header(HttpHeaders.CONTENT_ENCODING, coding)
                        .entity(ContentCodings.compress(coding, body))
                        .build();
    }
}
