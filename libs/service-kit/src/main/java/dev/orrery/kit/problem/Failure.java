package dev.orrery.kit.problem;

import io.netty.channel.unix.Errors.NativeIoException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;

/// What lies behind an exception that nobody expected: the request, a neighbour, or a fault of ours.
public enum Failure {
    /// A text of the request cannot be stored: PostgreSQL takes no NUL character.
    UNSTORABLE_TEXT,
    /// The database or the broker does not answer now.
    NEIGHBOUR_AWAY,
    /// Whoever asked has hung up, before the end of the request or of the answer.
    CLIENT_GONE,
    UNKNOWN;

    /// What to say of [#UNSTORABLE_TEXT].
    public static final String NUL_CHARACTER = "A text holds a NUL character (\\u0000), which cannot be kept.";

    private static final String NUL_IN_TEXT = "22021";
    /// Connection trouble; shutting down or starting up; out of connections.
    private static final Set<String> AWAY = Set.of("08", "57", "53");

    /// The first exception of the chain of causes that tells decides.
    public static Failure of(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Failure failure = ofOne(cause);
            if (failure != UNKNOWN) {
                return failure;
            }
        }
        return UNKNOWN;
    }

    private static Failure ofOne(Throwable e) {
        return switch (e) {
            case SQLException sql when NUL_IN_TEXT.equals(sql.getSQLState()) -> UNSTORABLE_TEXT;
            case SQLException sql
            when sql.getSQLState() != null
                    && sql.getSQLState().length() > 1
                    && AWAY.contains(sql.getSQLState().substring(0, 2)) -> NEIGHBOUR_AWAY;
            case SQLTransientException _ -> NEIGHBOUR_AWAY;
            case RetriableException _ -> NEIGHBOUR_AWAY;
            case ClosedChannelException _ -> CLIENT_GONE;
            case HttpClosedException _ -> CLIENT_GONE;
            case StreamResetException _ -> CLIENT_GONE;
            // Netty's, made anew for each platform: "Connection reset by peer", "Broken pipe".
            case NativeIoException _ -> CLIENT_GONE;
            // The pool's: "Sorry, acquisition timeout!" has neither a state nor a type of its own.
            case SQLException sql when sql.getSQLState() == null && sql.getCause() == null -> NEIGHBOUR_AWAY;
            default -> UNKNOWN;
        };
    }
}
