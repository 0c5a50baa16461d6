package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.model.compiled.Plan;
import dev.orrery.model.graph.Graph;
import dev.orrery.model.zoo.OnnxFile;
import dev.orrery.model.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is compiled answers as ONNX Runtime does. `-Dorrery.trial.rows=100000` asks as many random rows of each file.
class EngineTest {

    private static final int ROWS = Integer.getInteger("orrery.trial.rows", 2_000);
    private static final int AT_ONCE = 1_000;

    @TempDir
    Path folder;

    static Stream<String> files() {
        return Zoo.compiled().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_compiled_model_answers_as_onnx_runtime_does(String name) throws IOException {
        OnnxFile made = Zoo.compiled().get(name).get();
        Path file = Files.write(folder.resolve("model.onnx"), made.bytes());
        ModelCard card = made.card();
        Graph graph = Graph.read(file);

        try (Scorer loaded = Scorer.load(file, card);
                Scorer judge = OnnxScorer.load(file, graph, card)) {
            assertThat(loaded.engine()).isEqualTo(new Engine(Engine.Kind.COMPILED, null));
            Trial trial = new Trial(card, Plan.of(graph, card), graph, List.of());
            for (int asked = 0; asked < ROWS; asked += AT_ONCE) {
                assertThat(trial.fault(judge, AT_ONCE, asked)).isEmpty();
            }
        }
    }

    @Test
    void an_operator_that_is_not_known_is_left_to_onnx_runtime_with_its_name() throws IOException {
        OnnxFile file = new OnnxFile();
        String selu = file.node("Selu", List.of(file.floats("X", 2)));

        assertServedByRuntime(file.output(selu, 2), "operator Selu is not compiled");
    }

    @Test
    void a_graph_that_works_from_row_to_row_is_left_to_onnx_runtime() throws IOException {
        OnnxFile file = new OnnxFile().opsets(13, 2);
        String sum = file.node("ReduceMax", List.of(file.floats("X", 2)), OnnxFile.longs("axes", 0L));
        OnnxFile shifted = file.output(file.node("Sub", List.of("X", sum)), 2);

        assertServedByRuntime(shifted, "row");
    }

    @Test
    void a_missing_value_that_onnx_runtime_does_not_answer_keeps_it_in_service() throws IOException {
        OnnxFile file = new OnnxFile();
        String marks = file.node("Binarizer", List.of(file.floats("X", 2)), OnnxFile.real("threshold", 0.5f));

        assertServedByRuntime(file.output(marks, 2), "does not answer every row");
    }

    /// A target that no tree adds to is said otherwise by the two, and neither is wrong.
    @Test
    void a_graph_that_answers_otherwise_is_left_to_onnx_runtime_and_both_answers_are_told() throws IOException {
        assertServedByRuntime(Zoo.disputed(), "the compiled model answers 'answer 1' of row");
    }

    @Test
    void a_wrong_plan_is_found_out_by_the_golden_rows() throws IOException {
        OnnxFile made = Zoo.shifted(0);
        Path file = Files.write(folder.resolve("model.onnx"), made.bytes());
        Graph graph = Graph.of(made.bytes());
        Plan shifted = Plan.of(Graph.of(Zoo.shifted(0.0001f).bytes()), made.card());

        try (Scorer judge = OnnxScorer.load(file, graph, made.card())) {
            assertThat(new Trial(made.card(), shifted, graph, List.of(Map.of("X", 1.0))).fault(judge))
                    .hasValueSatisfying(fault -> assertThat(fault).contains("of row 1 of the trial"));
        }
    }

    private void assertServedByRuntime(OnnxFile made, String because) throws IOException {
        Path file = Files.write(folder.resolve("model.onnx"), made.bytes());
        try (Scorer loaded = Scorer.load(file, made.card())) {
            assertThat(loaded.engine().kind()).isEqualTo(Engine.Kind.ONNXRUNTIME);
            assertThat(loaded.engine().reason()).contains(because);
            assertThat(loaded.anatomy()).isEmpty();
            RowBlock rows = new RowBlock(made.card().inputs(), 1);
            rows.add(1);
            rows.numbers(0)[0] = 0.25f;
            rows.numbers(1)[0] = -1;
            assertThat(loaded.score(rows)).isNotEmpty();
        }
    }

    @Test
    void many_threads_ask_a_compiled_model_at_once_and_none_after_it_is_closed() throws Exception {
        OnnxFile made = Zoo.compiled().get("words and numbers in trees").get();
        Path file = Files.write(folder.resolve("model.onnx"), made.bytes());
        ModelCard card = made.card();
        Scorer model = Scorer.load(file, card);
        RowBlock expected = random(card, made);
        float[][] answers = model.score(expected);
        Callable<Boolean> ask = () -> {
            RowBlock own = expected.copy();
            for (int i = 0; i < 50; i++) {
                assertThat(model.score(own)).isDeepEqualTo(answers);
            }
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(8, ask))) {
                assertThat(answer.get()).isTrue();
            }
        }
        model.close();
        assertThatThrownBy(() -> model.score(expected)).hasMessageContaining("closed");
    }

    @Test
    void a_block_may_go_from_model_to_model_and_forget_its_words_in_between() throws IOException {
        OnnxFile made = Zoo.compiled().get("ordinal words").get();
        Path file = Files.write(folder.resolve("model.onnx"), made.bytes());
        RowBlock block = new RowBlock(made.card().inputs(), 1);

        try (Scorer first = Scorer.load(file, made.card());
                Scorer second = Scorer.load(file, made.card());
                Scorer judge = OnnxScorer.load(file, Graph.read(file), made.card())) {
            for (int turn = 0; turn < 40; turn++) {
                block.clear();
                block.add(300);
                for (int row = 0; row < 300; row++) {
                    block.codes(0)[row] = block.words().number("nobody's " + turn + " " + row);
                    block.codes(1)[row] =
                            block.words().number(List.of("S", "M", "L", "XL").get(row % 4));
                }
                float[][] expected = judge.score(block);
                assertThat(first.score(block)[0]).containsExactly(expected[0], within(1e-6f));
                assertThat(second.score(block)[0]).containsExactly(expected[0], within(1e-6f));
            }
            assertThat(block.words().generation()).isGreaterThan(1);
        }
    }

    private static RowBlock random(ModelCard card, OnnxFile made) {
        RowBlock rows = new RowBlock(card.inputs(), 1);
        rows.add(200);
        new RandomRows(card, Graph.of(made.bytes()), Optional.empty(), rows, 0, 5).fill();
        return rows;
    }

    /// Neither the runtime nor the compiler may fall over what somebody has put in the place of a model.
    @Test
    void files_with_bytes_turned_over_are_loaded_or_refused_and_the_process_stays() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        for (String name :
                List.of("logistic regression of transformed columns", "XGBoost of two classes", "conditions")) {
            OnnxFile made = Zoo.compiled().get(name).get();
            for (int turn = 0; turn < 60; turn++) {
                byte[] broken = made.bytes();
                for (int wrong = random.nextInt(1, 4); wrong > 0; wrong--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                }
                Path file = Files.write(folder.resolve("broken.onnx"), broken);
                try (Scorer loaded = Scorer.load(file, made.card())) {
                    assertThat(loaded.engine()).isNotNull();
                } catch (UnusableModel e) {
                    assertThat(e).hasMessageStartingWith("the model cannot be used: ");
                }
            }
        }
    }
}
