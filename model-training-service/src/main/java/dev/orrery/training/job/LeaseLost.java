package dev.orrery.training.job;

/// The job is another worker's by now; whatever this one still does about it is in vain.
class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost(String job) {
        super("training %s is no longer held by this worker".formatted(job));
    }
}
