package dev.orrery.kit.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response.Status;

/// The body of an HTTP request. Made on the event loop that reads it.
final class HttpArrival implements Arrival {

    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();

    HttpArrival(HttpServerRequest request) {
        this.request = request;
    }

    @Override
    public long received() {
        return request.bytesRead();
    }

    @Override
    public boolean isComplete() {
        return request.isEnded();
    }

    @Override
    public boolean isOver() {
        return request.response().ended() || request.response().closed();
    }

    @Override
    public void end(Status status, String detail) {
        context.runOnContext(nothing -> {
            HttpServerResponse response = request.response();
            if (!response.headWritten()) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            Answers.problem(response, status, detail);
            request.connection().close();
        });
    }
}
