package dev.orrery.cli.torture;

import dev.orrery.cli.client.Validation.Version;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.util.List;

/// What a dataset version holds of a batch, read from the lake by a program of its own and not asked of a service.
///
/// @param rows     all of them
/// @param distinct different row numbers among them
record StoredRows(long rows, long distinct) {

    static final StoredRows NONE = new StoredRows(0, 0);

    static StoredRows read(Platform platform, Version version, String batch) throws IOException, InterruptedException {
        byte[] printed = platform.runBeside(
                "libs/ceilings",
                "dev.orrery.ceilings.StoredRows",
                Part.VALIDATION,
                List.of(version.metadataUri(), String.valueOf(version.snapshotId()), batch));
        return Json.MAPPER.readValue(printed, StoredRows.class);
    }
}
