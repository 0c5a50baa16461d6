package dev.orrery.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.lake.DatasetReader;
import dev.orrery.lake.TableVersion;
import dev.orrery.model.Golden;
import dev.orrery.training.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideTest {

    private static final int FEATURES = 3_000;

    @TempDir
    static Path lake;

    private static DatasetReader reader;

    @BeforeAll
    static void write() throws IOException {
        TableVersion version = Wide.version(lake, 300, FEATURES);
        reader = DatasetReader.open(version.metadataUri(), version.snapshotId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic-regression", "gradient-boosting"})
    void three_thousand_columns_train_and_the_exported_model_answers_as_its_trainer(String recipe, @TempDir Path folder)
            throws IOException {
        Evaluation evaluation = Wide.train(reader, FEATURES, recipe, folder);

        assertThat(evaluation.holdoutRows()).isBetween(40L, 80L);
        assertThat(Golden.read(folder.resolve("golden.json")).rows()).hasSizeGreaterThan(10);
    }
}
