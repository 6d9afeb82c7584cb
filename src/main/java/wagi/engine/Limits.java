package wagi.engine;

import java.time.Duration;

/**
 * What a guest may use at most.
 *
 * @param timeout from submission to end, waiting included; {@link #NO_TIMEOUT} for endless streams
 * @param queue how many invocations of a module may wait
 * @param queueTimeout how long one of them may wait
 * @param memoryBytes linear memory
 * @param outputBytes standard output; {@link #UNLIMITED} for endless streams
 * @param stderrBytes standard error; what comes after is dropped
 * @param openFiles descriptors beside the three standard ones and the preopened directories
 * @param environmentBytes arguments and environment together
 * @param concurrency guests of one module alive at once
 */
public record Limits(
    Duration timeout,
    int queue,
    Duration queueTimeout,
    long memoryBytes,
    long outputBytes,
    long stderrBytes,
    int openFiles,
    long environmentBytes,
    int concurrency) {
  public static final Duration NO_TIMEOUT = Duration.ofDays(36_500);
  public static final long UNLIMITED = Long.MAX_VALUE;
}
