package dev.orrery.ingest.source;

/// Something that makes a file unfit to be taken apart into rows, and the physical line where it is.
/// The message never repeats a row's values, which may be personal.
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long line;

    public Fault(long line, String message) {
        super(message);
        this.line = line;
    }

    /// 1 is the first line of the file.
    public long line() {
        return line;
    }
}
