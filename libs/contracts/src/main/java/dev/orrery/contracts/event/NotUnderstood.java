package dev.orrery.contracts.event;

import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.util.Locale;
import java.util.Optional;

/// An event of ours with a word in it that this version does not know: a newer one does. The message says which.
public final class NotUnderstood extends UnreadableEvent {

    private static final long serialVersionUID = 1L;

    private NotUnderstood(String message, Throwable cause) {
        super(message, cause);
    }

    /// Whether that is why something of ours could not be read.
    public static Optional<NotUnderstood> because(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFormatException format
                    && format.getTargetType().isEnum()) {
                return Optional.of(new NotUnderstood(
                        "%s '%s' is not known here: it needs a newer version"
                                .formatted(words(format.getTargetType()), format.getValue()),
                        failure));
            }
        }
        return Optional.empty();
    }

    /// `column type` for `ColumnType`.
    private static String words(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
