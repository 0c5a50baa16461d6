package dev.orrery.contracts.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.contracts.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The script of `docs/blocks.md`, as it stands there, reads what Java has written.
class PythonTest {

    /// The system's own: that is where a distribution's packages are.
    private static final String PYTHON = "/usr/bin/python3";

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path SCHEMAS = Path.of("src/main/resources/dev/orrery/contracts/block");
    private static final Pattern SCRIPT = Pattern.compile("(?s)```python\\n(.*?)```");

    @TempDir
    private static Path folder;

    private static Path script;

    private record Outcome(int code, String output) {}

    @BeforeAll
    static void needs_avro_for_python() throws Exception {
        if (!new File(PYTHON).canExecute()
                || run("-c", "import avro.io, avro.schema").code() != 0) {
            String missing = "%s has no avro: apt-get install python3-avro".formatted(PYTHON);
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        Matcher code = SCRIPT.matcher(Files.readString(Path.of("../../docs/blocks.md")));
        assertThat(code.find()).isTrue();
        script = Files.writeString(folder.resolve("read_block.py"), code.group(1));
    }

    static List<Path> blocks() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".avro")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void the_script_of_the_docs_reads_every_kind_of_block(Path block) throws Exception {
        Outcome read = run(script.toString(), SCHEMAS.toString(), block.toString());

        assertThat(read.code()).as(read.output()).isZero();
        List<JsonNode> rows = new ArrayList<>();
        for (String line : read.output().lines().toList()) {
            rows.add(Json.MAPPER.readTree(line));
        }
        JsonNode golden = Json.MAPPER.readTree(
                GOLDEN.resolve(block.getFileName().toString().replace(".avro", ".json"))
                        .toFile());
        assertThat(rows.stream().map(PythonTest::identity)).isEqualTo(rows(golden));
    }

    @Test
    void a_block_of_an_unknown_schema_is_refused() throws Exception {
        byte[] data = Files.readAllBytes(blocks().getFirst());
        data[5] ^= 1;

        Outcome read = run(
                script.toString(),
                SCHEMAS.toString(),
                Files.write(folder.resolve("strange.avro"), data).toString());

        assertThat(read.code()).isEqualTo(1);
        assertThat(read.output()).contains("not a block");
    }

    private static List<String> rows(JsonNode golden) {
        List<String> rows = new ArrayList<>();
        for (JsonNode item : golden.get("rows")) {
            ObjectNode row = (item.get("row") instanceof ObjectNode inner ? inner : (ObjectNode) item).deepCopy();
            ObjectNode cells = Json.MAPPER.createObjectNode();
            for (int i = 0; i < row.get("cells").size(); i++) {
                cells.set(
                        golden.at("/header/columns/" + i).asText(),
                        row.get("cells").get(i));
            }
            rows.add(identity(row.set("cells", cells)));
        }
        return rows;
    }

    /// Which row it is, and what it holds.
    private static String identity(JsonNode row) {
        String number = row.path("number").asText() + row.path("sequence").asText();
        return "%s %s %s".formatted(number, row.path("entity").asText("null"), row.get("cells"));
    }

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
