package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The churn sample: the world behind `samples/churn/`, and what the demo does with it.
public final class Sample {

    /// What makes `customers.csv`; other seeds give other customers of the same company.
    public static final long SEED = 2026;

    public static final int ROWS = 7_000;
    public static final int BROKEN = 44;

    /// How the demo's second crowd of customers differs: a price rise, and an offer that many took.
    public static final List<String> SHIFTS = List.of("monthly_charge=+20", "contract=month-to-month:0.8");

    private static final long NEW_CUSTOMERS = SEED + 1;
    private static final long SHIFTED_CUSTOMERS = SEED + 2;

    private Sample() {}

    public static Path folder(Path project) {
        return project.resolve("samples/churn");
    }

    /// The customers of `customers.csv`.
    public static World known() {
        return World.of(SEED);
    }

    public static CustomerFile file() {
        return new CustomerFile(known(), ROWS, BROKEN);
    }

    /// What is known of the customers holds for the file that the generator makes, and for no other.
    public static void requireUnchanged(Path csv) {
        try {
            StringWriter made = new StringWriter();
            file().write(made);
            if (!Files.readString(csv).contentEquals(made.getBuffer())) {
                throw new Failure(
                        ("%s is not what the generator makes. Make it again:\n  ./orrery simulate --broken %d --out %s\n"
                                        + "or take your own file along:\n  ./orrery demo --use-case FILE --data CSV")
                                .formatted(csv, BROKEN, csv));
            }
        } catch (IOException e) {
            throw Failure.cannotRead(csv, e);
        }
    }

    /// Customers nobody has seen, of the same world.
    public static World fresh() {
        return World.of(NEW_CUSTOMERS);
    }

    /// Customers nobody has seen, of a world in which two columns have moved.
    public static World shifted() {
        return World.of(SHIFTED_CUSTOMERS).shifted(SHIFTS);
    }
}
