package dev.orrery.training.job;

/// What came of looking for a job.
sealed interface Found {
    /// There is none.
    record Nothing() implements Found {}

    /// There was one that waits for what it is about; there may be more.
    record Waiting() implements Found {}

    /// There was one that waited in vain.
    record Refused(String recipe) implements Found {}

    /// There was one that has ended too many processes; it has failed.
    record GivenUp(Lease lease, String why) implements Found {}

    /// There is one, and it is the worker's now.
    record Work(Lease lease) implements Found {}
}
