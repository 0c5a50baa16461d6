package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// Over how many partitions the topics of rows are spread.
public final class PartitionsOption {

    /// A broker of this machine keeps open files for each.
    private static final int MOST = 200;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of each topic of rows; else $$ORRERY_PARTITIONS, else as many as there are, at"
                    + " first 4. A platform that has topics keeps their number.")
    private Integer partitions;

    /// @return nothing when whatever there is is right
    public OptionalInt asked() {
        Optional<Integer> number = Optional.ofNullable(partitions)
                .or(() -> HomeOption.environment("ORRERY_PARTITIONS").map(PartitionsOption::number));
        number.filter(asked -> asked < 1 || asked > MOST).ifPresent(asked -> {
            throw new Failure("%d partitions: a topic has 1 to %d".formatted(asked, MOST));
        });
        return number.stream().mapToInt(Integer::intValue).findFirst();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Failure("ORRERY_PARTITIONS is '%s', expected a number".formatted(text), e);
        }
    }
}
