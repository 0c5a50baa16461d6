package dev.orrery.lake;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// A file to write whose stream stays within reach: a writer that fails at its end leaves the stream open.
final class KeptOutput implements OutputFile {

    private final OutputFile file;
    private PositionOutputStream stream;

    KeptOutput(OutputFile file) {
        this.file = file;
    }

    /// Bytes that have left the memory.
    long written() {
        try {
            return stream == null ? 0 : stream.getPos();
        } catch (IOException e) {
            return 0;
        }
    }

    /// Closes the stream, whatever becomes of what it holds.
    void abandon() {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // A full disk does not take the rest; the channel is closed all the same.
        }
    }

    @Override
    public PositionOutputStream create() {
        stream = file.create();
        return stream;
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        stream = file.createOrOverwrite();
        return stream;
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public InputFile toInputFile() {
        return file.toInputFile();
    }
}
