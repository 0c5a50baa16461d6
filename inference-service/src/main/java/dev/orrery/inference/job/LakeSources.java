package dev.orrery.inference.job;

import dev.orrery.inference.prediction.Question;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.lake.DatasetReader;
import dev.orrery.lake.TableFile;
import dev.orrery.model.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is read with the lake's libraries. Apart, so that they are loaded with the first job that needs them, and a
/// service that has none stays small.
final class LakeSources {

    private LakeSources() {}

    /// @throws Invalid when it is no Parquet file, or not of single values
    static SourceRows parquet(Path input, Function<byte[], Question> questions) throws IOException {
        TableFile file = table(input);
        return new TypedSource(file.columns(), file.rows(file.columns()), questions);
    }

    /// @throws Invalid when it is no Parquet file, or not of single values
    static long rows(Path input) throws IOException {
        return table(input).size();
    }

    /// A dataset version, of which only the columns that the model knows are read: it may have others.
    ///
    /// @throws Invalid when it has none of them
    static SourceRows dataset(
            Source.Dataset dataset,
            ModelCard card,
            Map<String, String> lakeFiles,
            Function<byte[], Question> questions) {
        DatasetReader all = DatasetReader.open(dataset.metadataUri(), dataset.snapshotId(), lakeFiles);
        List<String> wanted = Stream.concat(
                        card.inputs().stream().map(ModelCard.Input::name),
                        Stream.ofNullable(card.key()).map(ModelCard.Key::name))
                .distinct()
                .filter(all.columns()::contains)
                .toList();
        if (wanted.isEmpty()) {
            throw new Invalid("Version %d of dataset '%s' has none of the model's columns."
                    .formatted(dataset.version(), dataset.dataset()));
        }
        DatasetReader reader = all.only(wanted);
        return new TypedSource(reader.columns(), reader.rows(), questions);
    }

    private static TableFile table(Path input) throws IOException {
        try {
            return TableFile.open(input);
        } catch (IllegalArgumentException e) {
            throw new Invalid("The file cannot be scored: %s.".formatted(e.getMessage()));
        }
    }
}
