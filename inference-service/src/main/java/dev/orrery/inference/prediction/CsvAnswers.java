package dev.orrery.inference.prediction;

import dev.orrery.inference.prediction.PredictionResource.Predicted;
import dev.orrery.inference.prediction.PredictionResource.Prediction;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/// Predictions as CSV, a line for each row of the request, in its order. Nothing in it needs quotes.
@Provider
@Produces(PredictionResource.CSV)
class CsvAnswers implements ServerMessageBodyWriter<Predicted> {

    private static final String HEADER = "id,model,version,score,decision\n";

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == Predicted.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Predicted.class;
    }

    @Override
    public void writeResponse(Predicted answer, Type generic, ServerRequestContext context) {
        context.serverResponse().end(bytes(answer));
    }

    @Override
    public void writeTo(
            Predicted answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(bytes(answer));
    }

    private static byte[] bytes(Predicted answer) {
        StringBuilder lines = new StringBuilder(HEADER);
        for (Prediction row : answer.predictions()) {
            lines.append(row.id()).append(',');
            lines.append(answer.model()).append(',').append(answer.version()).append(',');
            lines.append(row.score()).append(',').append(row.decision()).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
