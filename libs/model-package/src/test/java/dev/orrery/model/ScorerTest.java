package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {

    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        for (String file : PackageFiles.ALL) {
            try (InputStream stream = getClass().getResourceAsStream("/tiny-package/" + file)) {
                Files.copy(stream, folder.resolve(file));
            }
        }
    }

    @Test
    void a_model_answers_its_golden_rows() throws IOException {
        try (Scorer model = load(PackageFiles.MODEL)) {
            assertThat(Golden.read(folder.resolve(PackageFiles.GOLDEN)).check(model))
                    .isEmpty();
            assertThat(model.card().useCase()).isEqualTo("tiny");
        }
    }

    @Test
    void a_score_is_what_the_weights_say() {
        try (Scorer model = load(PackageFiles.MODEL)) {
            Rows rows = Rows.of(
                    model.card().inputs(),
                    List.of(Map.of("tenure", 4, "contract", "month-to-month"), Map.of("contract", "one-year")));

            assertThat(score(model, rows))
                    .containsExactly(
                            new float[] {sigmoid(-0.5 + 0.04 * 20 + 0.9), sigmoid(-0.5 - 0.7 + 0.1)}, within(1e-6f));
        }
    }

    @Test
    void words_beyond_the_basic_plane_are_the_words_of_the_graph_whoever_wrote_it() throws IOException {
        String word = "\uD83D\uDC4D \uD835\uDD38 mnth";
        byte[] bytes = Files.readAllBytes(folder.resolve(PackageFiles.MODEL));
        Files.write(folder.resolve("astral.onnx"), replaced(bytes, "month-to-month", latin(word)));

        try (Scorer plain = load(PackageFiles.MODEL);
                Scorer astral = load("astral.onnx")) {
            List<Map<String, Object>> rows = List.of(
                    Map.of("contract", word),
                    Map.of("contract", "month-to-month"),
                    Map.of("contract", "\uD83D"),
                    Map.of("contract", "month-to-mont\0"),
                    Map.of("contract", "one-year"));
            float[] scores = score(astral, Rows.of(astral.card().inputs(), rows));
            float[] expected = score(
                    plain,
                    Rows.of(
                            plain.card().inputs(),
                            List.of(
                                    Map.of("contract", "month-to-month"),
                                    Map.of("contract", "never seen"),
                                    Map.of("contract", "never seen"),
                                    Map.of("contract", "never seen"),
                                    Map.of("contract", "one-year"))));

            assertThat(scores).isEqualTo(expected);
        }
    }

    @Test
    void a_long_command_line_does_no_harm() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dpadding=" + "x".repeat(5_000),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName(),
                        folder.resolve(PackageFiles.MODEL).toString(),
                        folder.resolve(PackageFiles.CARD).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("loaded tiny");
    }

    /// Loads a model in a process of its own.
    static final class Loading {
        public static void main(String[] model) throws IOException {
            try (Scorer loaded = Scorer.load(Path.of(model[0]), ModelCard.read(Path.of(model[1])))) {
                System.out.println("loaded " + loaded.card().useCase());
            }
        }
    }

    @Test
    void a_wrong_golden_score_is_told_with_its_row() throws IOException {
        Golden golden = Golden.read(folder.resolve(PackageFiles.GOLDEN));
        List<Double> scores = new ArrayList<>(golden.outputs().get(Output.SCORE));
        scores.set(1, scores.get(1) + 2 * Golden.TOLERANCE);
        scores.set(2, scores.get(2) + 1);

        try (Scorer model = load(PackageFiles.MODEL)) {
            assertThat(golden(golden.rows(), scores).check(model))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("row 3"));
            assertThat(golden(List.of(Map.of()), List.of(Double.NaN)).check(model))
                    .isPresent();
            assertThat(golden(List.of(Map.of("contract", 7)), List.of(0.5)).check(model))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("'contract'"));
            assertThat(new Golden(List.of(Map.of()), Map.of("price", List.of(7.0))).check(model))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("price"));
        }
    }

    @Test
    void large_numbers_are_compared_by_their_share_and_small_ones_by_their_difference() {
        assertThat(Golden.distance(1_000_005, 1_000_000)).isLessThan(Golden.TOLERANCE);
        assertThat(Golden.distance(1_000_020, 1_000_000)).isGreaterThan(Golden.TOLERANCE);
        assertThat(Golden.distance(0.00002, 0)).isGreaterThan(Golden.TOLERANCE);
        assertThat(Golden.distance(Double.NaN, 0)).isInfinite();
    }

    @Test
    void golden_rows_without_rows_prove_nothing_and_are_refused() {
        assertThatThrownBy(() -> golden(List.of(), List.of())).hasMessageContaining("0 rows");
    }

    @Test
    void a_batch_scores_as_its_rows_do_one_by_one() throws IOException {
        List<Map<String, Object>> rows =
                Golden.read(folder.resolve(PackageFiles.GOLDEN)).rows();
        try (Scorer model = load(PackageFiles.MODEL)) {
            float[] together = score(model, Rows.of(model.card().inputs(), rows));

            for (int i = 0; i < rows.size(); i++) {
                assertThat(score(model, Rows.of(model.card().inputs(), List.of(rows.get(i)))))
                        .containsExactly(together[i]);
            }
            assertThat(score(model, Rows.of(model.card().inputs(), List.of()))).isEmpty();
        }
    }

    @Test
    void many_threads_may_ask_at_once_and_none_after_it_is_closed() throws Exception {
        Golden golden = Golden.read(folder.resolve(PackageFiles.GOLDEN));
        Scorer model = load(PackageFiles.MODEL);
        Rows rows = Rows.of(model.card().inputs(), golden.rows());
        float[] expected = score(model, rows);
        Callable<Boolean> ask = () -> {
            for (int i = 0; i < 500; i++) {
                assertThat(score(model, rows)).isEqualTo(expected);
            }
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(8, ask))) {
                assertThat(answer.get()).isTrue();
            }
        }
        model.close();
        assertThatThrownBy(() -> score(model, rows)).hasMessageContaining("closed");
        model.close();
    }

    @Test
    void a_file_that_is_no_model_of_ours_is_refused_with_the_reason() throws IOException {
        Files.writeString(folder.resolve("garbage.onnx"), "not a model");
        String card = Files.readString(folder.resolve(PackageFiles.CARD));
        Files.writeString(folder.resolve("scribbled.json"), card.replace("{\"use_case\"", "[\"use_case\""));
        Files.writeString(folder.resolve("unbound.json"), card.replace("\"column\":\"tenure\"", "\"column\":\"age\""));
        Files.writeString(
                folder.resolve("misnamed.json"), card.replace("\"input\":\"tenure\"", "\"input\":\"renute\""));
        Files.writeString(folder.resolve("narrow.json"), card.replace("\"index\":0", "\"index\":1"));
        Files.writeString(
                folder.resolve("newer.json"),
                card.replace("\"type\":\"binary\"", "\"type\":\"ranking\"").replace("\"score\"", "\"rank\""));

        assertUnusable("garbage.onnx", PackageFiles.CARD, "");
        assertUnusable("absent.onnx", PackageFiles.CARD, "");
        assertUnusable(PackageFiles.MODEL, "scribbled.json", "not a model card");
        assertUnusable(PackageFiles.MODEL, "unbound.json", "column 'tenure' is not bound");
        assertUnusable(PackageFiles.MODEL, "misnamed.json", "'renute'");
        assertUnusable(PackageFiles.MODEL, "newer.json", "'ranking'");
        assertUnusable(PackageFiles.MODEL, "narrow.json", "no column 1");
    }

    @Test
    void a_graph_made_elsewhere_calls_its_inputs_and_outputs_as_it_likes() throws IOException {
        byte[] foreign = Files.readAllBytes(folder.resolve(PackageFiles.MODEL));
        for (Map.Entry<String, String> name : Map.of("tenure", "months", "contract", "category", "score", "proba")
                .entrySet()) {
            foreign = renamed(foreign, name.getKey(), name.getValue());
        }
        Files.write(folder.resolve("foreign.onnx"), foreign);
        String card = Files.readString(folder.resolve(PackageFiles.CARD))
                .replace("\"input\":\"tenure\"", "\"input\":\"months\"")
                .replace("\"input\":\"contract\"", "\"input\":\"category\"")
                .replace("\"graph_output\":\"score\"", "\"graph_output\":\"proba\"");
        Path bound = Files.writeString(folder.resolve("foreign.json"), card);

        try (Scorer model = Scorer.load(folder.resolve("foreign.onnx"), ModelCard.read(bound))) {
            assertThat(Golden.read(folder.resolve(PackageFiles.GOLDEN)).check(model))
                    .isEmpty();
        }
    }

    @Test
    void rows_for_other_inputs_are_refused() {
        try (Scorer model = load(PackageFiles.MODEL)) {
            Rows others = Rows.of(model.card().inputs().subList(0, 1), List.of(Map.of()));

            assertThatThrownBy(() -> score(model, others)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_block_is_filled_again_and_again_with_other_rows_and_numbers_of_rows() throws IOException {
        Golden golden = Golden.read(folder.resolve(PackageFiles.GOLDEN));
        try (Scorer model = load(PackageFiles.MODEL)) {
            RowBlock block = new RowBlock(model.card().inputs(), 1);
            float[] expected = score(model, Rows.of(model.card().inputs(), golden.rows()));

            for (int rows : List.of(golden.rows().size(), 1, 2, 700, 1, 0, 257)) {
                block.clear();
                for (int row = 0; row < rows; row++) {
                    block.add(
                            Rows.of(model.card().inputs(), List.of(golden.rows().get(row % expected.length))));
                }
                float[] scores = model.score(block)[0];

                assertThat(scores).hasSize(rows);
                for (int row = 0; row < rows; row++) {
                    assertThat(scores[row]).isEqualTo(expected[row % expected.length]);
                }
            }
        }
    }

    @Test
    void a_row_that_is_added_empty_is_missing_in_every_column() {
        try (Scorer model = load(PackageFiles.MODEL)) {
            RowBlock block =
                    RowBlock.of(Rows.of(model.card().inputs(), List.of(Map.of("tenure", 4, "contract", "one-year"))));
            block.add(2);

            float missing = score(model, Rows.of(model.card().inputs(), List.of(Map.of())))[0];
            assertThat(Arrays.copyOfRange(model.score(block)[0], 1, 3)).containsExactly(missing, missing);
        }
    }

    private static float[] score(Scorer model, Rows rows) {
        return model.score(RowBlock.of(rows))[0];
    }

    private Scorer load(String graph) {
        return load(graph, PackageFiles.CARD);
    }

    private Scorer load(String graph, String card) {
        try {
            return Scorer.load(folder.resolve(graph), ModelCard.read(folder.resolve(card)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertUnusable(String graph, String card, String reason) {
        assertThatThrownBy(() -> {
                    try (Scorer model = load(graph, card)) {
                        score(model, Rows.of(model.card().inputs(), List.of(Map.of())));
                    }
                })
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining(reason);
    }

    private static Golden golden(List<Map<String, Object>> rows, List<Double> scores) {
        return new Golden(rows, Map.of(Output.SCORE, scores));
    }

    /// The file with a name of the graph, behind its length, replaced by one of the same length.
    private static byte[] renamed(byte[] bytes, String name, String other) {
        char length = (char) name.length();
        return replaced(bytes, length + name, length + other);
    }

    /// The file with a word in it replaced by one of the same length.
    private static byte[] replaced(byte[] bytes, String word, String other) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(word);
        return text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The UTF-8 of a word, byte by byte.
    private static String latin(String word) {
        return new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static float sigmoid(double logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }
}
