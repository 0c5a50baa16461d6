package dev.orrery.inference.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged service with a small heap, which serves one model and is asked what nobody should ask.
final class Target implements AutoCloseable {

    static final String ENDPOINT = "target";
    static final String ROWS = "/v1/endpoints/target/predictions";
    static final String INFER = "/v2/models/target/infer";
    static final String JSON = "application/json";
    static final String GOOD = "{\"tenure\": 12, \"contract\": \"one-year\"}";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final MethodDescriptor<byte[], byte[]> MODEL_INFER = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("inference.GRPCInferenceService/ModelInfer")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();

    private final ServiceProcess service;
    private final ManagedChannel channel;

    Target(Map<String, String> settings) throws IOException {
        service = ServiceProcess.start(settings);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort())
                .usePlaintext()
                .build();
        deploy(Deployed.shelf().deployment(ENDPOINT, 1, Shelf.tiny()));
        await().atMost(PATIENCE).until(() -> status(get("/v2/models/target/ready")) == 200);
    }

    ServiceProcess service() {
        return service;
    }

    static void deploy(DeploymentChanged deployment) {
        Topics.publish(deployment);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(service.uri(path)));
    }

    HttpResponse<String> post(String path, String type, byte[] body) {
        return send(HttpRequest.newBuilder(service.uri(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /// How a call with a message of any bytes ends.
    Status.Code infer(byte[] message) {
        try {
            ClientCalls.blockingUnaryCall(
                    channel, MODEL_INFER, CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.MINUTES), message);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /// What others are answered meanwhile.
    void requireWell() {
        assertThat(service.alive()).isTrue();
        HttpResponse<String> answer = post(ROWS, JSON, GOOD.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    boolean isWell() {
        return post(ROWS, JSON, GOOD.getBytes(StandardCharsets.UTF_8)).statusCode() == 200;
    }

    static int status(HttpResponse<String> answer) {
        return answer.statusCode();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        service.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return ByteString.readFrom(stream).toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
