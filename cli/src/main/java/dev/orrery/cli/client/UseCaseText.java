package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A use-case file as a person wrote it. Only its name is looked at here; whether the rest is right, the registry says,
/// with line numbers that fit because nothing is reformatted.
///
/// @param name what the file calls its use case
public record UseCaseText(String name, String yaml) {

    private static final Pattern NAME = Pattern.compile("(?m)^name:[ \t]*[\"']?([^\"'#\\s]+)[\"']?");
    private static final String VALUE = "(?:\"[^\"]*\"|'[^']*'|[^\\s,}#]+)";
    private static final Pattern ROLLOUT = section("rollout");
    private static final Pattern ENDPOINT = Pattern.compile("(\\bendpoint:[ \t]*)" + VALUE);
    private static final Pattern TRAINING = section("training");
    private static final Pattern MODEL = Pattern.compile("(\\bmodel:[ \t]*)" + VALUE);
    private static final Pattern DATASET = section("dataset");
    /// The dataset's own, which stands as deep as `columns` does; a column's stands deeper, or after a brace.
    private static final Pattern DATASET_NAME = Pattern.compile(
            "(?ms)(\\Adataset:[ \t]*\\{[ \t]*name:[ \t]*|^([ \t]+)name:[ \t]*(?=\\S.*?^\\2columns:))" + VALUE);

    public static UseCaseText read(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new Failure("%s is not a use case: it is not UTF-8 text".formatted(file), e);
        } catch (IOException e) {
            throw new Failure("cannot read the use case %s: %s".formatted(file, reason(file)), e);
        }
    }

    private static UseCaseText of(Path file, String yaml) {
        Matcher name = NAME.matcher(yaml);
        if (!name.find()) {
            throw new Failure("%s is not a use case: no line of it begins with 'name:'; see samples/churn/use-case.yaml"
                    .formatted(file));
        }
        return new UseCaseText(name.group(1), yaml);
    }

    /// The same use case under another name, with a dataset, a model and an endpoint of that name.
    public UseCaseText named(String other) {
        String renamed = NAME.matcher(yaml).replaceFirst(Matcher.quoteReplacement("name: " + other));
        String moved = replace(renamed, ROLLOUT, ENDPOINT, other);
        return new UseCaseText(other, replace(replace(moved, TRAINING, MODEL, other), DATASET, DATASET_NAME, other));
    }

    private static String replace(String yaml, Pattern section, Pattern name, String other) {
        return section.matcher(yaml)
                .replaceFirst(found ->
                        Matcher.quoteReplacement(name.matcher(found.group()).replaceFirst("$1" + other)));
    }

    private static Pattern section(String name) {
        return Pattern.compile("(?m)^" + name + ":.*(?:\\R(?:[ \t].*)?)*");
    }

    private static String reason(Path file) {
        if (Files.notExists(file)) {
            return "there is no such file";
        }
        return Files.isDirectory(file) ? "it is a folder" : "it is not readable";
    }
}
