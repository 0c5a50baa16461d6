package dev.orrery.ceilings;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;

/// Answers every request with the same bytes, after its body has come: what HTTP alone costs.
final class BareAnswer implements AutoCloseable {

    private static final String JSON = """
            {"model_name":"bench","model_version":"2","outputs":[\
            {"name":"score","shape":[1,1],"datatype":"FP32","data":[0.53211224]},\
            {"name":"decision","shape":[1,1],"datatype":"BOOL","data":[true]},\
            {"name":"prediction_id","shape":[1,1],"datatype":"BYTES","data":["mwyr1hef1fm3y-4001"]}]}""";

    private final Vertx vertx = Vertx.vertx();

    BareAnswer(int port) {
        Buffer answer = Buffer.buffer(JSON);
        vertx.deployVerticle(
                        () -> server(port, answer),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static AbstractVerticle server(int port, Buffer answer) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                        .requestHandler(request -> request.bodyHandler(body -> request.response()
                                .putHeader("content-type", "application/json")
                                .end(answer)))
                        .listen()
                        .<Void>mapEmpty()
                        .onComplete(started);
            }
        };
    }
}
