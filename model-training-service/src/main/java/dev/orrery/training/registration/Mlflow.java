package dev.orrery.training.registration;

import java.util.function.Supplier;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/// What goes for every question to an MLflow server.
final class Mlflow {

    private static final int CLIENT_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private Mlflow() {}

    /// Asks. A refusal stays what it is, since asking again would not help; anything else may pass.
    /// Not found is no refusal: it may be a server that is only starting, or another one.
    ///
    /// @throws IllegalStateException when the server refuses
    /// @throws RegistryUnavailable   when it does not answer, or not sensibly
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (MlflowHttpException e) {
            int status = e.getStatusCode();
            if (status >= CLIENT_ERROR && status < SERVER_ERROR && status != NOT_FOUND) {
                throw new IllegalStateException("the registry refuses: " + e.getBodyMessage(), e);
            }
            throw new RegistryUnavailable("the registry answers %d: %s".formatted(status, e.getBodyMessage()), e);
        } catch (MlflowClientException e) {
            throw new RegistryUnavailable(
                    "the registry cannot be reached: " + deepest(e).getMessage(), e);
        }
    }

    /// The client's own exceptions only name the classes of those below.
    private static Throwable deepest(Throwable e) {
        return e.getCause() == null ? e : deepest(e.getCause());
    }
}
