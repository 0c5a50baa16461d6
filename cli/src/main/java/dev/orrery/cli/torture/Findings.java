package dev.orrery.cli.torture;

import dev.orrery.cli.client.Validation.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What came of a torture.
///
/// @param kills  in their order
/// @param faults what is not as it must be; empty when all is whole
record Findings(long seed, int rows, List<Attack.Made> kills, Report report, StoredRows stored, List<String> faults) {

    static Findings of(long seed, TortureRows table, List<Attack.Made> kills, Report report, StoredRows stored) {
        List<String> faults = new ArrayList<>();
        expect(faults, "the batch's state", report.state(), "accepted");
        expect(faults, "rows received", report.received(), (long) table.rows());
        expect(faults, "validated and rejected rows", report.validated() + report.rejected(), (long) table.rows());
        expect(faults, "rejected rows", report.rejected(), table.broken());
        expect(faults, "reported faults", Set.copyOf(report.reasons()), table.planted());
        expect(faults, "rows in the lake", stored.rows(), table.rows() - table.broken());
        expect(faults, "different rows in the lake", stored.distinct(), table.rows() - table.broken());
        return new Findings(seed, table.rows(), kills, report, stored, faults);
    }

    private static void expect(List<String> faults, String what, Object found, Object wanted) {
        if (!found.equals(wanted)) {
            faults.add("%s: %s instead of %s".formatted(what, found, wanted));
        }
    }
}
