package dev.orrery.inference.rows;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orrery.inference.rows.PredictionResource.Predicted;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/// Predictions as CSV, a line for each row of the request, in its order.
@Provider
@Produces(PredictionResource.CSV)
class CsvAnswers implements ServerMessageBodyWriter<Predicted> {

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
        StringWriter lines = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(lines)) {
            csv.writeRecord(
                    line("model", "version", answer.predictions().getFirst().sequencedKeySet()));
            for (SequencedMap<String, Object> row : answer.predictions()) {
                csv.writeRecord(line(answer.model(), answer.version(), row.sequencedValues()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string in memory cannot fail to be written", e);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The id first, then whose the outputs behind it are.
    private static List<String> line(Object model, Object version, SequencedCollection<?> prediction) {
        List<String> line =
                new ArrayList<>(prediction.stream().map(String::valueOf).toList());
        line.add(1, String.valueOf(model));
        line.add(2, String.valueOf(version));
        return line;
    }
}
