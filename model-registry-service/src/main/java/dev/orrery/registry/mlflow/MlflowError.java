package dev.orrery.registry.mlflow;

/// A failure as MLflow's clients know it: a code, which has its HTTP status, and a message.
public class MlflowError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// The codes that this server uses. The statuses are MLflow's, unusual as some are.
    public enum Code {
        INVALID_PARAMETER_VALUE(400),
        RESOURCE_ALREADY_EXISTS(400),
        BAD_REQUEST(400),
        RESOURCE_DOES_NOT_EXIST(404),
        ENDPOINT_NOT_FOUND(404),
        RESOURCE_CONFLICT(409),
        INTERNAL_ERROR(500),
        TEMPORARILY_UNAVAILABLE(503);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final Code code;

    public MlflowError(Code code, String message) {
        super(message);
        this.code = code;
    }

    public static MlflowError invalid(String message, Object... words) {
        return new MlflowError(Code.INVALID_PARAMETER_VALUE, words.length == 0 ? message : message.formatted(words));
    }

    public static MlflowError missing(String message, Object... words) {
        return new MlflowError(Code.RESOURCE_DOES_NOT_EXIST, words.length == 0 ? message : message.formatted(words));
    }

    public static MlflowError exists(String message, Object... words) {
        return new MlflowError(Code.RESOURCE_ALREADY_EXISTS, words.length == 0 ? message : message.formatted(words));
    }

    Code code() {
        return code;
    }
}
