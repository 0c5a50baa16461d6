package dev.orrery.lake;

import java.io.File;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/// A file to read that keeps the name it was asked by: Iceberg compares names, and Iceberg's own local file
/// would turn a URI into a path.
record LocalInputFile(String location, File file) implements InputFile {

    @Override
    public long getLength() {
        return file.length();
    }

    @Override
    public SeekableInputStream newStream() {
        return Files.localInput(file).newStream();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }
}
