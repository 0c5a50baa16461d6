package dev.orrery.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UseCaseTextTest {

    @TempDir
    private Path folder;

    @Test
    void only_the_name_and_the_endpoint_change_and_every_line_stays_where_it_was() throws IOException {
        UseCaseText text = text("""
                # name: not this one
                name: churn   # the name
                problem: { statement: "endpoint: a word" }
                dataset:
                  columns:
                    - { name: churn, type: boolean }
                rollout:
                  # where it answers

                  endpoint: churn
                value: { currency: EUR }
                """);

        assertThat(text.name()).isEqualTo("churn");
        assertThat(text.named("churn-7").yaml()).isEqualTo("""
                # name: not this one
                name: churn-7   # the name
                problem: { statement: "endpoint: a word" }
                dataset:
                  columns:
                    - { name: churn, type: boolean }
                rollout:
                  # where it answers

                  endpoint: churn-7
                value: { currency: EUR }
                """);
    }

    @Test
    void quotes_and_sections_on_one_line_are_understood() throws IOException {
        UseCaseText text = text("name: 'telco'\nrollout: { endpoint: \"telco\" }\n");

        assertThat(text.name()).isEqualTo("telco");
        assertThat(text.named("telco-1").yaml()).isEqualTo("name: telco-1\nrollout: { endpoint: telco-1 }\n");
    }

    @Test
    void a_dataset_and_a_model_of_other_names_become_its_own_and_no_column_does() throws IOException {
        assertThat(text("""
                name: offers
                dataset:
                  # shared with others
                  name: customers
                  key: id
                  columns:
                    - { name: id, type: text }
                    - type: boolean
                      name: offers
                training: { model: "offers-model", seed: 1 }
                """).named("offers-7").yaml()).isEqualTo("""
                name: offers-7
                dataset:
                  # shared with others
                  name: offers-7
                  key: id
                  columns:
                    - { name: id, type: text }
                    - type: boolean
                      name: offers
                training: { model: offers-7, seed: 1 }
                """);
        String unnamed = "dataset:\n  columns:\n    - type: text\n      name: c\n";
        assertThat(text("name: a\n" + unnamed).named("d").yaml()).isEqualTo("name: d\n" + unnamed);
        assertThat(text("name: a\ndataset: { name: b, columns: [{ name: c, type: text }] }\n")
                        .named("d")
                        .yaml())
                .isEqualTo("name: d\ndataset: { name: d, columns: [{ name: c, type: text }] }\n");
    }

    @Test
    void a_use_case_without_an_endpoint_gets_none() throws IOException {
        assertThat(text("name: telco\ndataset: {}\n").named("telco-1").yaml())
                .isEqualTo("name: telco-1\ndataset: {}\n");
    }

    @Test
    void what_is_no_use_case_is_said_to_be_none() throws IOException {
        Path table = Files.writeString(folder.resolve("table.csv"), "name,age\nAda,36\n");
        Path picture = Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, (byte) 0xff, 0});

        assertFails(table, "is not a use case: no line of it begins with 'name:'");
        assertFails(picture, "is not UTF-8 text");
        assertFails(folder, "it is a folder");
        assertFails(folder.resolve("nowhere.yaml"), "there is no such file");
    }

    private static void assertFails(Path file, String message) {
        assertThatThrownBy(() -> UseCaseText.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private UseCaseText text(String yaml) throws IOException {
        return UseCaseText.read(Files.writeString(folder.resolve("use-case.yaml"), yaml));
    }
}
