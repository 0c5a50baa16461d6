package dev.orrery.inference.grpc;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.admission.Overload;
import dev.orrery.inference.prediction.RequestThreads;
import dev.orrery.kit.http.Bodies;
import dev.orrery.kit.http.Door;
import dev.orrery.kit.http.Shed;
import io.netty.channel.MultithreadEventLoopGroup;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Listens for gRPC on a port of its own, on all event loops. It speaks HTTP/2 by itself: what gRPC puts on top of it
/// is
/// five bytes and two trailers, and a library for that takes as long a call and more memory (measured).
@ApplicationScoped
class GrpcServer {

    private static final String LABEL = "UrlPathTemplate";
    private static final String UNKNOWN = "UNKNOWN";
    private static final int MOST_HEADERS = 16 << 10;
    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final Vertx vertx;
    private final InferenceConfig.GrpcConfig config;
    private final String host;
    private final Door door;
    private final Methods methods;
    private final Bodies bodies;
    private final RequestThreads threads;
    private final Overload overload;
    private final Shed shed;
    private final AtomicInteger connections = new AtomicInteger();
    private String deployment;

    GrpcServer(
            Vertx vertx,
            InferenceConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host,
            Door door,
            Methods methods,
            Bodies bodies,
            RequestThreads threads,
            Overload overload,
            Shed shed) {
        this.vertx = vertx;
        this.config = config.grpc();
        this.host = host;
        this.door = door;
        this.methods = methods;
        this.bodies = bodies;
        this.threads = threads;
        this.overload = overload;
        this.shed = shed;
    }

    /// @throws IllegalStateException when the port is taken
    void open(@Observes StartupEvent event) {
        if (config.port() == 0) {
            Log.info("gRPC is off: orrery.grpc.port is 0.");
            return;
        }
        int loops = ((MultithreadEventLoopGroup) ((VertxInternal) vertx).getEventLoopGroup()).executorCount();
        try {
            deployment = vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            Log.infof("gRPC listens on %s:%d.", host, config.port());
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "Port %d of %s cannot be had for gRPC: %s. Stop whoever has it, or set orrery.grpc.port"
                                    .formatted(config.port(), host, e.getCause().getMessage())
                            + " (ORRERY_GRPC_PORT) to another one, or to 0 to go without gRPC.",
                    e.getCause());
        }
    }

    void close(@Observes ShutdownEvent event) {
        if (deployment != null) {
            vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
        }
    }

    /// The server of one event loop; those of one port share its connections.
    private final class Listener extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(options())
                    .connectionHandler(GrpcServer.this::connected)
                    .requestHandler(request -> handle(request, this))
                    .listen()
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        io.vertx.core.Context context() {
            return context;
        }
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(config.port())
                .setIdleTimeout((int) config.idle().toSeconds())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(config.streams())
                        .setMaxHeaderListSize(MOST_HEADERS));
    }

    private void connected(HttpConnection connection) {
        if (connections.incrementAndGet() > config.connections()) {
            connections.decrementAndGet();
            shed.count(Shed.Reason.CONNECTIONS);
            connection.close();
        } else {
            connection.closeHandler(closed -> connections.decrementAndGet());
        }
    }

    private void handle(HttpServerRequest request, Listener listener) {
        Method method = methods.find(request.path());
        ((HttpServerRequestInternal) request).context().putLocal(LABEL, method == null ? UNKNOWN : method.template());
        if (request.version() != HttpVersion.HTTP_2) {
            refuse(request, HTTP_VERSION_NOT_SUPPORTED, "This port speaks gRPC, which needs HTTP/2.");
            return;
        }
        String type = request.getHeader("content-type");
        if (type == null || !type.startsWith(Reply.GRPC)) {
            refuse(request, UNSUPPORTED_MEDIA_TYPE, "This port speaks gRPC, whose content-type is application/grpc.");
            return;
        }
        Optional<String> unwanted = door.refusal(request);
        try {
            if (unwanted.isPresent()) {
                throw new GrpcFailure(GrpcStatus.PERMISSION_DENIED, unwanted.get());
            }
            if (method == null) {
                throw new GrpcFailure(
                        GrpcStatus.UNIMPLEMENTED,
                        "There is no method %s here; there are %s.".formatted(request.path(), methods.names()));
            }
            if (method.predicts()) {
                overload.admit();
            }
            new Call(
                            request,
                            listener.context(),
                            method,
                            (int) Math.min(config.maxMessage().asLongValue(), bodies.most()),
                            bodies,
                            threads)
                    .begin();
        } catch (RuntimeException e) {
            new Reply(request.response()).fail(GrpcFailure.of(e));
        }
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(why);
    }
}
