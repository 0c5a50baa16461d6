package dev.orrery.inference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.OpenInferenceGrpc.DataType;
import inference.OpenInferenceGrpc.InferParameter;
import inference.OpenInferenceGrpc.InferTensorContents;
import inference.OpenInferenceGrpc.ModelConfig;
import inference.OpenInferenceGrpc.ModelInferRequest;
import inference.OpenInferenceGrpc.ModelInferRequest.InferInputTensor;
import inference.OpenInferenceGrpc.ModelInferRequest.InferRequestedOutputTensor;
import inference.OpenInferenceGrpc.ModelInferResponse;
import inference.OpenInferenceGrpc.ModelInput;
import inference.OpenInferenceGrpc.ModelMetadataRequest;
import inference.OpenInferenceGrpc.ModelMetadataResponse;
import inference.OpenInferenceGrpc.ModelMetadataResponse.TensorMetadata;
import inference.OpenInferenceGrpc.ModelNameRequest;
import inference.OpenInferenceGrpc.ModelOutput;
import inference.OpenInferenceGrpc.ModelReadyRequest;
import inference.OpenInferenceGrpc.ModelStatistics;
import inference.OpenInferenceGrpc.ModelStatisticsResponse;
import inference.OpenInferenceGrpc.RepositoryModelRequest;
import inference.OpenInferenceGrpc.ServerLiveRequest;
import inference.OpenInferenceGrpc.ServerMetadataRequest;
import inference.OpenInferenceGrpc.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A client made from the official definition.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class GrpcTest {

    private static final String MODEL = "grpc";

    @ConfigProperty(name = "orrery.grpc.port")
    int port;

    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub client;

    @BeforeEach
    void connect() {
        Deployed.tiny(MODEL, 1);
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        client = GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void the_server_says_that_it_lives_and_is_ready_and_who_it_is() {
        assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(client.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getName())
                .isEqualTo("inference-service");
    }

    @Test
    void a_model_is_ready_and_says_what_it_takes_and_returns() {
        ModelMetadataResponse model = client.modelMetadata(
                ModelMetadataRequest.newBuilder().setName(MODEL).build());

        assertThat(client.modelReady(ModelReadyRequest.newBuilder()
                                .setName(MODEL)
                                .setVersion("1")
                                .build())
                        .getReady())
                .isTrue();
        assertThat(model.getVersionsList()).containsExactly("1");
        assertThat(model.getInputsList()).extracting(TensorMetadata::getName).containsExactly("tenure", "contract");
        assertThat(model.getInputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 1L);
        assertThat(model.getOutputsList())
                .extracting(TensorMetadata::getName)
                .containsExactly("score", "decision", "prediction_id");
    }

    @Test
    void typed_contents_are_answered_with_typed_contents() {
        ModelInferResponse answer = client.modelInfer(request(
                        "FP32",
                        InferTensorContents.newBuilder()
                                .addFp32Contents(12)
                                .addFp32Contents(Float.NaN)
                                .build())
                .setId("mine")
                .putParameters(
                        "traced",
                        InferParameter.newBuilder().setStringParam("yes").build())
                .build());

        assertThat(answer.getId()).isEqualTo("mine");
        assertThat(answer.getModelName()).isEqualTo(MODEL);
        assertThat(answer.getModelVersion()).isEqualTo("1");
        assertThat(answer.getOutputs(0).getShapeList()).containsExactly(2L, 1L);
        assertThat((double) answer.getOutputs(0).getContents().getFp32Contents(0))
                .isCloseTo(Shelf.TINY_SCORE, within(1e-6));
        assertThat(answer.getOutputs(1).getContents().getBoolContentsList()).hasSize(2);
        assertThat(answer.getOutputs(2).getContents().getBytesContentsList()).hasSize(2);
        assertThat(answer.getRawOutputContentsList()).isEmpty();
    }

    @Test
    void raw_contents_are_answered_with_raw_contents() {
        ModelInferResponse answer = client.modelInfer(ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(input("tenure", "INT64", 1))
                .addInputs(input("contract", "BYTES", 1))
                .addRawInputContents(little(Long.BYTES, 12))
                .addRawInputContents(raw("one-year"))
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("score"))
                .build());

        assertThat(answer.getOutputsList()).hasSize(1);
        assertThat(answer.getOutputs(0).hasContents()).isFalse();
        ByteBuffer score = answer.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        assertThat((double) score.getFloat()).isCloseTo(Shelf.TINY_SCORE, within(1e-6));
    }

    @Test
    void every_datatype_of_numbers_is_taken_raw() {
        List<ModelInferResponse> answers =
                List.of("INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64").stream()
                        .map(datatype -> scored(datatype, little(width(datatype), 12)))
                        .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(score(answer)).isCloseTo(Shelf.TINY_SCORE, within(1e-6)));
        assertThat(score(scored("FP16", little(2, Float.floatToFloat16(12)))))
                .isCloseTo(Shelf.TINY_SCORE, within(1e-6));
        assertThat(score(scored("FP64", little(Double.BYTES, Double.doubleToLongBits(12)))))
                .isCloseTo(Shelf.TINY_SCORE, within(1e-6));
    }

    @Test
    void a_prediction_is_on_the_topic_like_any_other() {
        ModelInferResponse answer =
                client.modelInfer(request("FP32", fp32(12, 13)).build());

        String id = answer.getOutputs(2).getContents().getBytesContents(0).toStringUtf8();
        assertThat(Logged.await(id).inputs()).containsEntry("tenure", 12.0).containsEntry("contract", "one-year");
    }

    @Test
    void what_is_wrong_is_said_in_the_words_of_http() {
        assertThat(refused(request("FP32", fp32(12)).build()))
                .isEqualTo("INVALID_ARGUMENT: input 'tenure' has 1 elements, and its shape [2, 1] says 2");
        assertThat(refused(request("FP64", fp32(12, 13)).build()))
                .isEqualTo("INVALID_ARGUMENT: input 'tenure' is of datatype FP64, which goes into fp64_contents, and it"
                        + " has fp32_contents");
        assertThat(refused(request("FP32", fp32(12, 13)).setModelName("gprc").build()))
                .startsWith("NOT_FOUND: Nothing is deployed at endpoint 'gprc'. Did you mean");
        assertThat(refused(request("FP32", fp32(12, 13)).setModelVersion("7").build()))
                .isEqualTo("NOT_FOUND: model 'grpc' has version 1 here, not '7'");
        assertThat(refused(request("FP32", fp32(12, 13))
                        .addRawInputContents(ByteString.EMPTY)
                        .build()))
                .isEqualTo("INVALID_ARGUMENT: raw_input_contents has 1 elements, and there are 2 inputs");
        assertThat(refused(raw(ByteString.copyFrom(new byte[7]), "INT64")))
                .isEqualTo("INVALID_ARGUMENT: input 'tenure' has 7 bytes, and each INT64 takes 8");
    }

    @Test
    void statistics_and_configuration_are_told_as_over_http() {
        String model = "grpc-stats";
        Deployed.tiny(model, 4);
        client.modelInfer(request("FP32", fp32(12, 13)).setModelName(model).build());
        ModelStatisticsResponse told = client.modelStatistics(
                ModelNameRequest.newBuilder().setName(model).build());

        assertThat(told.getModelStatsList()).hasSize(1);
        ModelStatistics version = told.getModelStats(0);
        assertThat(version.getName()).isEqualTo(model);
        assertThat(version.getVersion()).isEqualTo("4");
        assertThat(version.getInferenceCount()).isEqualTo(2);
        assertThat(version.getExecutionCount()).isEqualTo(1);
        assertThat(version.getInferenceStats().getSuccess().getCount()).isEqualTo(1);
        assertThat(version.getInferenceStats().getComputeOutput().getCount()).isEqualTo(1);
        assertThat(version.getInferenceStats().getComputeOutput().getNs()).isPositive();
        assertThat(client.modelStatistics(ModelNameRequest.getDefaultInstance()).getModelStatsList())
                .contains(version)
                .extracting(ModelStatistics::getName)
                .contains(MODEL);

        ModelConfig config = client.modelConfig(
                        ModelNameRequest.newBuilder().setName(model).build())
                .getConfig();
        assertThat(config.getName()).isEqualTo(model);
        assertThat(config.getMaxBatchSize()).isPositive();
        assertThat(config.getInputList())
                .extracting(ModelInput::getName, ModelInput::getDataType, ModelInput::getDimsList)
                .containsExactly(
                        tuple("tenure", DataType.TYPE_FP32, List.of(1L)),
                        tuple("contract", DataType.TYPE_STRING, List.of(1L)));
        assertThat(config.getOutputList())
                .extracting(ModelOutput::getName, ModelOutput::getDataType, ModelOutput::getDimsList)
                .contains(tuple("decision", DataType.TYPE_BOOL, List.of(1L)));
        assertThat(client.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getExtensionsList())
                .containsExactly("model_configuration", "model_repository", "statistics");
    }

    @Test
    void what_is_deployed_is_loaded_and_stays_so() {
        RepositoryModelRequest there =
                RepositoryModelRequest.newBuilder().setModelName(MODEL).build();
        RepositoryModelRequest nowhere =
                RepositoryModelRequest.newBuilder().setModelName("nowhere").build();

        assertThat(client.repositoryModelLoad(there)).isNotNull();
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> client.repositoryModelUnload(there))
                .withMessageStartingWith("FAILED_PRECONDITION")
                .withMessageContaining("DELETE /v1/deployments/grpc");
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> client.repositoryModelLoad(nowhere))
                .withMessageStartingWith("NOT_FOUND");
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> client.repositoryModelUnload(nowhere))
                .withMessageStartingWith("NOT_FOUND");
    }

    @Test
    void explanations_are_asked_for_over_rest() {
        ModelInferRequest.Builder asked = request("FP32", fp32(12, 13));

        assertThat(refused(asked.putParameters("explain", bool(true)).build()))
                .startsWith("INVALID_ARGUMENT")
                .contains("REST");
        assertThat(client.modelInfer(asked.putParameters("explain", bool(false)).build())
                        .getOutputsCount())
                .isEqualTo(3);
    }

    private static InferParameter bool(boolean value) {
        return InferParameter.newBuilder().setBoolParam(value).build();
    }

    @Test
    void another_name_of_the_host_is_turned_away() {
        ManagedChannel elsewhere = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .overrideAuthority("evil.example")
                .build();
        try {
            GRPCInferenceServiceBlockingStub stranger = GRPCInferenceServiceGrpc.newBlockingStub(elsewhere);
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> stranger.serverLive(ServerLiveRequest.getDefaultInstance()))
                    .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED))
                    .withMessageContaining("evil.example");
        } finally {
            elsewhere.shutdownNow();
        }
    }

    @Test
    void a_compressed_request_is_taken() {
        ModelInferResponse answer = client.withCompression("gzip")
                .modelInfer(request("FP32", fp32(12, 13)).build());

        assertThat(score(answer)).isCloseTo(Shelf.TINY_SCORE, within(1e-6));
    }

    private String refused(ModelInferRequest request) {
        try {
            return client.modelInfer(request).toString();
        } catch (StatusRuntimeException e) {
            return e.getMessage();
        }
    }

    private ModelInferResponse scored(String datatype, ByteString tenure) {
        return client.modelInfer(raw(tenure, datatype));
    }

    private static ModelInferRequest raw(ByteString tenure, String datatype) {
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(input("tenure", datatype, 1))
                .addInputs(input("contract", "BYTES", 1))
                .addRawInputContents(tenure)
                .addRawInputContents(raw("one-year"))
                .build();
    }

    private static double score(ModelInferResponse answer) {
        return answer.getRawOutputContentsCount() == 0
                ? answer.getOutputs(0).getContents().getFp32Contents(0)
                : answer.getRawOutputContents(0)
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat();
    }

    /// Two rows.
    private static ModelInferRequest.Builder request(String datatype, InferTensorContents tenure) {
        InferTensorContents contract = InferTensorContents.newBuilder()
                .addBytesContents(ByteString.copyFromUtf8("one-year"))
                .addBytesContents(ByteString.copyFromUtf8("two-year"))
                .build();
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(input("tenure", datatype, 2).setContents(tenure))
                .addInputs(input("contract", "BYTES", 2).setContents(contract));
    }

    private static InferInputTensor.Builder input(String name, String datatype, long rows) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(rows)
                .addShape(1);
    }

    private static InferTensorContents fp32(float... values) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (float value : values) {
            contents.addFp32Contents(value);
        }
        return contents.build();
    }

    private static int width(String datatype) {
        return Integer.parseInt(datatype.replaceAll("\\D", "")) / Byte.SIZE;
    }

    private static ByteString little(int width, long value) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return ByteString.copyFrom(all, 0, width);
    }

    private static ByteString raw(String word) {
        byte[] text = word.getBytes(StandardCharsets.UTF_8);
        return little(Integer.BYTES, text.length).concat(ByteString.copyFrom(text));
    }
}
