package dev.orrery.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final Path FOLDER = Sample.folder(Path.of(".."));

    @Test
    void the_committed_customers_are_what_the_generator_makes() throws IOException {
        StringWriter made = new StringWriter();
        Sample.file().write(made);

        assertThat(made.toString()).isEqualTo(Files.readString(FOLDER.resolve("customers.csv")));
    }

    @Test
    void the_committed_list_names_every_fault_of_the_committed_customers() throws IOException {
        StringWriter made = new StringWriter();
        Sample.file().writePlanted(made);

        assertThat(made.toString()).isEqualTo(Files.readString(FOLDER.resolve("planted.csv")));
        assertThat(CustomerFile.readPlanted(FOLDER.resolve("planted.csv")))
                .isEqualTo(Sample.file().planted());
    }

    @Test
    void the_file_differs_from_an_unbroken_one_exactly_where_faults_are_listed() throws IOException {
        List<Map<String, String>> broken = rows(Sample.file());
        List<Map<String, String>> whole = rows(new CustomerFile(Sample.known(), Sample.ROWS, 0));

        Set<String> different = new TreeSet<>();
        for (int i = 0; i < whole.size(); i++) {
            for (String column : whole.get(i).keySet()) {
                if (!whole.get(i).get(column).equals(broken.get(i).get(column))) {
                    different.add((i + 1) + " " + column);
                }
            }
        }

        assertThat(different)
                .isEqualTo(Sample.file().planted().stream()
                        .map(fault -> fault.row() + " " + fault.column())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void every_check_is_planted_alone_and_beside_others() {
        List<Planted> planted = Sample.file().planted();
        Map<Long, List<Planted>> byRow = planted.stream().collect(Collectors.groupingBy(Planted::row));

        assertThat(byRow).hasSize(Sample.BROKEN);
        assertThat(byRow.values().stream()
                        .filter(faults -> faults.size() == 1)
                        .map(faults -> faults.getFirst().check()))
                .contains("type", "presence", "domain", "range");
        assertThat(byRow.values()).anyMatch(faults -> faults.size() == 4);
    }

    @Test
    void the_use_case_describes_the_columns_of_the_file_in_its_order() throws IOException {
        JsonNode file =
                new YAMLMapper().readTree(FOLDER.resolve("use-case.yaml").toFile());
        DatasetSchema schema = Json.MAPPER.treeToValue(file.get("dataset"), DatasetSchema.class);

        assertThat(schema.columnNames())
                .containsExactlyElementsOf(rows(Sample.file()).getFirst().keySet());
        assertThat(schema.features().stream().map(column -> column.name()))
                .containsExactlyElementsOf(Columns.featureNames());
    }

    private static List<Map<String, String>> rows(CustomerFile file) throws IOException {
        StringWriter text = new StringWriter();
        file.write(text);
        return CsvReader.builder().ofNamedCsvRecord(text.toString()).stream()
                .map(row -> row.getFieldsAsMap())
                .toList();
    }
}
