package dev.orrery.inference.prediction;

import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.admission.TurnedAway;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.model.RowBlock;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// Answers small requests of the usual form from bytes to bytes, on the event loop that read them. It stands in front
/// of
/// the resources, behind the door and the limits: whatever is not as usual goes on to the resource of its path, which
/// answers the same, and tells what is wrong.
@ApplicationScoped
class UsualPath {

    private static final int BEHIND_THE_FILTERS = 1;
    private static final CharSequence ANSWER = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    /// Where the label of the metrics is looked for.
    private static final String LABEL = "UrlPathTemplate";

    private final Endpoints endpoints;
    private final Predictions predictions;
    private final Meters meters;
    private final List<UsualForm> forms;
    /// Where the answer of a thread's request is written; each uses its own again and again.
    private final FastThreadLocal<JsonBytes> answers = new FastThreadLocal<>() {
        @Override
        protected JsonBytes initialValue() {
            return new JsonBytes();
        }
    };

    UsualPath(Endpoints endpoints, Predictions predictions, Meters meters, Instance<UsualForm> forms) {
        this.meters = meters;
        this.endpoints = endpoints;
        this.predictions = predictions;
        this.forms = forms.stream().toList();
    }

    void register(@Observes Router router) {
        router.route().order(BEHIND_THE_FILTERS).handler(this::handle);
    }

    private void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        // A request of HTTP/2 whose body was read cannot go on to a resource.
        if (request.method() == HttpMethod.POST && request.version() == HttpVersion.HTTP_1_1) {
            Caller.note(request);
            String path = request.path();
            for (UsualForm form : forms) {
                String name = name(path, form);
                Endpoint endpoint = name == null ? null : endpoints.find(name);
                if (endpoint != null && isUsual(request)) {
                    receive(exchange, form, endpoint);
                    return;
                }
            }
            Caller.notePath(request);
        }
        exchange.next();
    }

    /// Who is turned away before is on record, too.
    void turnedAway(@Observes TurnedAway request) {
        for (UsualForm form : forms) {
            String name = name(request.path(), form);
            Endpoint endpoint = name == null ? null : endpoints.find(name);
            if (endpoint != null) {
                predictions.shed(endpoint, request.why());
            }
        }
    }

    /// The endpoint in a path; null where the path is another's.
    private static String name(String path, UsualForm form) {
        int begin = form.before().length();
        int end = path.length() - form.behind().length();
        return end > begin && path.startsWith(form.before()) && path.endsWith(form.behind())
                ? path.substring(begin, end)
                : null;
    }

    private static boolean isUsual(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return request.query() == null
                && type != null
                && (type.equals(MediaType.APPLICATION_JSON) || type.startsWith(MediaType.APPLICATION_JSON + ";"))
                && (accept == null || accept.equals("*/*") || accept.equals(MediaType.APPLICATION_JSON))
                && !request.headers().contains(HttpHeaders.CONTENT_ENCODING)
                && isSmall(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    private static boolean isSmall(String length) {
        try {
            return length != null && RequestThreads.isSmall(Long.parseLong(length));
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private void receive(RoutingContext exchange, UsualForm form, Endpoint endpoint) {
        exchange.request().bodyHandler(body -> {
            try {
                answer(exchange, body, form, endpoint);
            } catch (RuntimeException | Error e) {
                exchange.fail(e);
            }
        });
        exchange.request().resume();
    }

    private void answer(RoutingContext exchange, Buffer body, UsualForm form, Endpoint endpoint) {
        Buffer answer = Deadlines.current().isOver() ? null : answer(body.getBytes(), form, endpoint);
        if (answer == null) {
            ((RoutingContextInternal) exchange).setBody(body);
            exchange.next();
        } else {
            ((HttpServerRequestInternal) exchange.request()).context().putLocal(LABEL, form.template());
            exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, ANSWER).end(answer);
        }
    }

    /// Null where the request has to go on.
    private Buffer answer(byte[] body, UsualForm form, Endpoint endpoint) {
        long began = System.nanoTime();
        meters.entered();
        try (Serving champion = endpoint.enter()) {
            RowBlock rows = champion.rows();
            try {
                UsualForm.Request request = form.read(body, champion, rows);
                Serving serving = champion.answering(request.question().firstKey());
                Predictions.Reader again =
                        version -> form.read(body, version, version.emptyRows()).question();
                return serving.reads(champion)
                        ? written(serving, request, again, began)
                        : answerOtherwise(body, form, serving, again, began);
            } finally {
                champion.giveBack(rows);
            }
        } catch (Unusual | ServiceUnavailableException _) {
            return null;
        } finally {
            meters.left();
        }
    }

    /// The version that answers takes other columns than the champion.
    private Buffer answerOtherwise(byte[] body, UsualForm form, Serving serving, Predictions.Reader again, long began) {
        RowBlock rows = serving.rows();
        try {
            return written(serving, form.read(body, serving, rows), again, began);
        } finally {
            serving.giveBack(rows);
        }
    }

    private Buffer written(Serving serving, UsualForm.Request request, Predictions.Reader again, long began) {
        Answer answer = predictions.askUsual(serving, request.question(), again, began);
        long answered = System.nanoTime();
        JsonBytes json = answers.get();
        json.clear();
        request.write(answer, json);
        Buffer written = Buffer.buffer(json.size()).appendBytes(json.room(), 0, json.size());
        meters.of(serving).time(Stage.SERIALISE, answer.size(), System.nanoTime() - answered);
        return written;
    }
}
