package dev.orrery.ingest.source;

import dev.orrery.contracts.block.BlockOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/// The worked example of a file format in `docs/architecture.md`.
record TabRows(BufferedReader lines, List<String> columns, String[] row) implements RowSource {
    public boolean next() throws IOException {
        String line = lines.readLine();
        if (line != null) System.arraycopy(line.split("\t", -1), 0, row, 0, row.length);
        return line != null;
    }

    public String text(int column) {
        return row[column];
    }

    public void write(BlockOutput to) {
        for (String cell : row) to.word(cell);
    }

    public void close() throws IOException {
        lines.close();
    }
}
