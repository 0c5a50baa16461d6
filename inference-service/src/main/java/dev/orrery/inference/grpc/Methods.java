package dev.orrery.inference.grpc;

import dev.orrery.inference.protocol.ModelConfig;
import dev.orrery.inference.protocol.ModelConfig.ConfigTensor;
import dev.orrery.inference.protocol.ModelMetadata;
import dev.orrery.inference.protocol.ModelMetadata.TensorMetadata;
import dev.orrery.inference.protocol.ModelRepository;
import dev.orrery.inference.protocol.OpenInference;
import dev.orrery.inference.protocol.ServerMetadata;
import dev.orrery.inference.protocol.Statistics;
import dev.orrery.kit.problem.NotFound;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What can be called, by its path.
@Singleton
class Methods {

    private static final String SERVICE = "/inference.GRPCInferenceService/";
    private static final String HEALTH = "/grpc.health.v1.Health/Check";
    private static final int SERVING = 1;
    private static final int NOT_SERVING = 2;

    private final OpenInference protocol;
    private final Map<String, Method> byPath = new HashMap<>();

    Methods(OpenInference protocol, Repository repository, StatisticsMessages statistics) {
        this.protocol = protocol;
        unary("ServerLive", message -> new WireWriter().bool(1, true));
        unary("ServerReady", message -> new WireWriter().bool(1, protocol.isReady()));
        unary("ModelReady", message -> modelReady(ModelName.read(message)));
        unary("ServerMetadata", message -> server());
        unary("ModelMetadata", message -> model(ModelName.read(message)));
        String infer = SERVICE + "ModelInfer";
        byPath.put(infer, new Method(infer, false, true, this::infer));
        unary("ModelConfig", message -> config(ModelName.read(message)));
        unary("ModelStatistics", statistics::answer);
        unary("RepositoryIndex", repository::index);
        unary("RepositoryModelLoad", repository::load);
        unary("RepositoryModelUnload", repository::unload);
        String stream = SERVICE + "ModelStreamInfer";
        byPath.put(stream, new Method(stream, true, true, this::streamed));
        byPath.put(HEALTH, new Method(HEALTH, false, false, this::health));
    }

    /// Null where nothing is.
    Method find(String path) {
        return byPath.get(path);
    }

    /// Names of the methods of the protocol's service.
    List<String> names() {
        return byPath.keySet().stream()
                .filter(path -> path.startsWith(SERVICE))
                .map(path -> path.substring(SERVICE.length()))
                .sorted()
                .toList();
    }

    private void unary(String name, Method.Answering answer) {
        byPath.put(SERVICE + name, new Method(SERVICE + name, false, false, answer));
    }

    private WireWriter infer(WireReader message) {
        InferMessage asked = InferMessage.read(message);
        return protocol.infer(
                asked.model(), asked.version(), asked::request, response -> InferAnswer.write(response, asked.raw()));
    }

    /// In a stream a request that fails is told in its place, and the next one is answered.
    private WireWriter streamed(WireReader message) {
        try {
            return new WireWriter().message(2, infer(message));
        } catch (RuntimeException e) {
            return new WireWriter().text(1, GrpcFailure.of(e).getMessage());
        }
    }

    private WireWriter modelReady(ModelName model) {
        return new WireWriter().bool(1, protocol.isReady(model.name(), model.version()));
    }

    private WireWriter server() {
        ServerMetadata server = protocol.server();
        return new WireWriter()
                .text(1, server.name())
                .text(2, server.version())
                .text(3, ModelConfig.EXTENSION)
                .text(3, ModelRepository.EXTENSION)
                .text(3, Statistics.EXTENSION);
    }

    private WireWriter model(ModelName name) {
        ModelMetadata metadata = protocol.metadata(name.name(), name.version());
        WireWriter model = new WireWriter().text(1, metadata.name());
        metadata.versions().forEach(version -> model.text(2, version));
        model.text(3, metadata.platform());
        metadata.inputs().forEach(input -> model.message(4, tensor(input)));
        metadata.outputs().forEach(output -> model.message(5, tensor(output)));
        return model;
    }

    private static WireWriter tensor(TensorMetadata tensor) {
        WireWriter shape = new WireWriter();
        tensor.shape().forEach(shape::varint);
        return new WireWriter()
                .text(1, tensor.name())
                .text(2, tensor.datatype())
                .message(3, shape);
    }

    private WireWriter config(ModelName name) {
        ModelConfig config = protocol.config(name.name(), name.version());
        WireWriter message = new WireWriter()
                .text(1, config.name())
                .text(2, config.platform())
                .number(4, config.maxBatchSize());
        config.input().forEach(input -> message.message(5, configTensor(input, 4)));
        config.output().forEach(output -> message.message(6, configTensor(output, 3)));
        return new WireWriter().message(1, message);
    }

    /// @param dims the field of the dimensions, which is another one of inputs and of outputs
    private static WireWriter configTensor(ConfigTensor tensor, int dims) {
        WireWriter row = new WireWriter();
        tensor.dims().forEach(row::varint);
        return new WireWriter()
                .text(1, tensor.name())
                .number(2, tensor.dataType().number())
                .message(dims, row);
    }

    /// gRPC's own question, as load balancers ask it; of the server, or of a model by its name.
    private WireWriter health(WireReader message) {
        String service = "";
        while (message.next()) {
            if (message.field() == 1) {
                service = message.text();
            } else {
                message.skip();
            }
        }
        boolean server = service.isEmpty() || SERVICE.equals("/" + service + "/");
        return new WireWriter().number(1, serves(server, service) ? SERVING : NOT_SERVING);
    }

    private boolean serves(boolean server, String model) {
        try {
            return server ? protocol.isReady() : protocol.isReady(model, null);
        } catch (NotFound _) {
            throw new GrpcFailure(GrpcStatus.NOT_FOUND, "There is no service or model '%s'.".formatted(model));
        }
    }
}
