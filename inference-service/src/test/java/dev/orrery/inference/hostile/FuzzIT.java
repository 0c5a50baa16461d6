package dev.orrery.inference.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.orrery.testing.Platform;
import inference.OpenInferenceGrpc.InferTensorContents;
import inference.OpenInferenceGrpc.ModelInferRequest;
import inference.OpenInferenceGrpc.ModelInferRequest.InferInputTensor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Valid requests, damaged at random: whatever comes of it is answered as a request or as a mistake, and the process
/// goes on. `-Dorrery.fuzz.seconds=N` says how long (60 where `CI` is true, else 5),
/// `-Dorrery.fuzz.seed=N` repeats a run.
class FuzzIT {

    private static final Platform PLATFORM = new Platform();
    private static final Set<Integer> EXPECTED = Set.of(200, 400, 404, 405, 406, 408, 411, 413, 415, 422, 429, 503);
    private static final Set<Status.Code> EXPECTED_CODES = EnumSet.of(
            Status.Code.OK,
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED);
    private static final List<String> WORDS = List.of(
            "null",
            "NaN",
            "1e999",
            "-0",
            "\"\"",
            "[]",
            "{}",
            "true",
            "\\ud800",
            "\u0000",
            ",",
            "\"tenure\"",
            "9".repeat(40),
            "[[[[",
            "\uFEFF",
            "é",
            "😀");

    /// A request that is as it should be.
    private record Seed(String path, String type, String body) {}

    private static final List<Seed> SEEDS = List.of(
            new Seed(Target.ROWS, Target.JSON, Target.GOOD),
            new Seed(Target.ROWS, Target.JSON, "[" + Target.GOOD + ", {\"tenure\": null, \"customer\": \"c-1\"}]"),
            new Seed(Target.ROWS, "text/csv", "customer,tenure,contract\nc-1,12,one-year\nc-2,,\"two-year\"\n"),
            new Seed(Target.ROWS, "application/jsonl", Target.GOOD + "\n" + Target.GOOD + "\n"),
            new Seed(Target.INFER, Target.JSON, """
                    {"id": "1", "parameters": {"a": 1}, "inputs": [
                     {"name": "tenure", "shape": [2, 1], "datatype": "FP32", "data": [12, 13.5]},
                     {"name": "contract", "shape": [2], "datatype": "BYTES", "data": ["one-year", "x"]}],
                     "outputs": [{"name": "score"}]}
                    """),
            new Seed("/invocations", Target.JSON, "{\"dataframe_records\": [" + Target.GOOD + "]}"));

    private static Target target;

    @BeforeAll
    static void start() throws Exception {
        target = new Target(PLATFORM.start());
    }

    @AfterAll
    static void stop() {
        target.close();
        PLATFORM.stop();
    }

    @Test
    void damaged_requests_are_answered_or_refused_and_good_ones_after_them_are_answered() {
        long seed = Long.getLong("orrery.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        long end = System.nanoTime() + Duration.ofSeconds(seconds()).toNanos();
        int asked = 0;
        do {
            Seed chosen = SEEDS.get(random.nextInt(SEEDS.size()));
            byte[] body = damaged(chosen.body().getBytes(UTF_8), random);
            int status = target.post(chosen.path(), chosen.type(), body).statusCode();
            assertThat(EXPECTED)
                    .as("seed %d, request %d: %s", seed, asked, new String(body, UTF_8))
                    .contains(status);
            Status.Code code = target.infer(damaged(message(random.nextBoolean()), random));
            assertThat(EXPECTED_CODES).as("seed %d, request %d", seed, asked).contains(code);
            asked++;
            if (asked % 100 == 0) {
                target.requireWell();
            }
        } while (System.nanoTime() < end);
        target.requireWell();
        assertThat(target.get("/q/metrics").body()).doesNotContain("status=\"500\"");
    }

    private static int seconds() {
        return Integer.getInteger("orrery.fuzz.seconds", "true".equals(System.getenv("CI")) ? 60 : 5);
    }

    private static byte[] message(boolean raw) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(Target.ENDPOINT);
        InferInputTensor.Builder tenure = InferInputTensor.newBuilder()
                .setName("tenure")
                .setDatatype("FP32")
                .addShape(1)
                .addShape(1);
        InferInputTensor.Builder contract = InferInputTensor.newBuilder()
                .setName("contract")
                .setDatatype("BYTES")
                .addShape(1)
                .addShape(1);
        ByteString word = ByteString.copyFromUtf8("one-year");
        if (raw) {
            ByteString length = ByteString.copyFrom(new byte[] {8, 0, 0, 0});
            request.addInputs(tenure)
                    .addInputs(contract)
                    .addRawInputContents(ByteString.copyFrom(new byte[] {0, 0, 64, 65}))
                    .addRawInputContents(length.concat(word));
        } else {
            request.addInputs(
                            tenure.setContents(InferTensorContents.newBuilder().addFp32Contents(12)))
                    .addInputs(contract.setContents(
                            InferTensorContents.newBuilder().addBytesContents(word)));
        }
        return request.build().toByteArray();
    }

    /// Between one and four times: a byte changed, bytes cut out, doubled or exchanged for a word, or the end cut off.
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole;
        for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 1; times--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, from, from + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, from, to, new byte[0]);
                case 2 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
                case 3 ->
                    spliced(
                            bytes,
                            from,
                            to,
                            WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8));
                default -> Arrays.copyOf(bytes, from);
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] all = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, all, 0, from);
        System.arraycopy(between, 0, all, from, between.length);
        System.arraycopy(bytes, to, all, from + between.length, bytes.length - to);
        return all;
    }
}
