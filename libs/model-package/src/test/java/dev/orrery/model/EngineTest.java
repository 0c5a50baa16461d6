package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.model.compiled.Plan;
import dev.orrery.model.graph.Graph;
import dev.orrery.model.zoo.OnnxFile;
import dev.orrery.model.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
}
