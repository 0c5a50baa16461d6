package dev.orrery.inference.protocol;

import dev.orrery.contracts.Json;
import dev.orrery.inference.ContentCodings;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.explain.Explanations;
import dev.orrery.inference.prediction.RequestThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/// An `infer` over HTTP: JSON or Triton's binary tensors, compressed or not, in both directions.
@Singleton
class InferenceOverHttp {

    private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";
    /// Answers of fewer bytes are not worth compressing.
    private static final int SMALL = 1024;

    private static final byte[] EXPLAIN = "\"explain\"".getBytes(StandardCharsets.US_ASCII);

    private final OpenInference inference;
    private final Explanations explanations;
    private final RequestThreads threads;
    private final ContentCodings codings;

    InferenceOverHttp(
            OpenInference inference, Explanations explanations, RequestThreads threads, ContentCodings codings) {
        this.inference = inference;
        this.explanations = explanations;
        this.threads = threads;
        this.codings = codings;
    }

    Uni<Response> answer(String model, String version, HttpHeaders headers, byte[] body) {
        String coding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        String jsonLength = headers.getHeaderString(BinaryBody.HEADER);
        String wanted = ContentCodings.answering(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        AtomicReference<BinaryBody> read = new AtomicReference<>();
        Supplier<InferenceRequest> sent = () -> {
            read.set(BinaryBody.read(codings.expand(coding, body), jsonLength));
            return read.get().request();
        };
        Function<InferenceResponse, Response> writer = response -> response(response, read.get(), wanted);
        return !ContentCodings.isCoded(coding) && mayExplain(body)
                ? explanations.apart(() -> inference.inferAndExplain(model, version, sent, writer))
                : threads.answer(
                        codings.size(coding, body),
                        Deadlines.current(),
                        () -> inference.infer(model, version, sent, writer));
    }

    /// Whether a body has the word somewhere. Only such a one can ask for explanations, which never happens on an event
    /// loop; whether it does is known when it was read.
    private static boolean mayExplain(byte[] body) {
        for (int from = 0; from <= body.length - EXPLAIN.length; from++) {
            if (body[from] == EXPLAIN[0]
                    && Arrays.equals(body, from, from + EXPLAIN.length, EXPLAIN, 0, EXPLAIN.length)) {
                return true;
            }
        }
        return false;
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
