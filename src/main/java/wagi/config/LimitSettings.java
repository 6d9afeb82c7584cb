package wagi.config;

import java.time.Duration;

/**
 * What one request to a module may use; sizes are bytes.
 *
 * @param timeout from guest start to guest end, waiting included; {@link #NO_TIMEOUT} for "none"
 * @param queue requests of the module that may wait
 * @param queueTimeout how long one of them may wait
 * @param memory the guest's linear memory
 * @param body the request's body
 * @param output the guest's standard output; {@link #UNLIMITED} for "none"
 * @param outputHeader the header block in that output
 * @param stderr the guest's standard error
 * @param openFiles descriptors beside stdio and volumes
 * @param environment variables and arguments together
 * @param concurrency guests of the module alive at once
 */
public record LimitSettings(
    Duration timeout,
    int queue,
    Duration queueTimeout,
    long memory,
    long body,
    long output,
    int outputHeader,
    long stderr,
    int openFiles,
    long environment,
    int concurrency) {
  public static final Duration NO_TIMEOUT = Duration.ofDays(36_500);
  public static final long UNLIMITED = Long.MAX_VALUE;
}
