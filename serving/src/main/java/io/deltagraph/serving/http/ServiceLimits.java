package io.deltagraph.serving.http;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * What a service takes on; more is refused.
 *
 * @param bodyBytes the most bytes of a request's body
 * @param rows the most rows of a request
 * @param time how long a request's body may take to arrive, and how long requests in hand are
 *     waited for at the end
 * @param requests how many requests may be in hand at once
 */
public record ServiceLimits(int bodyBytes, int rows, Duration time, int requests) {
  /** 1 MiB, 10,000 rows, 10 seconds, 64 requests. */
  public static final ServiceLimits DEFAULT =
      new ServiceLimits(1 << 20, 10_000, Duration.ofSeconds(10), 64);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException for one that is not above 0
   */
  public ServiceLimits {
    checkArgument(bodyBytes > 0, "%s bytes", bodyBytes);
    checkArgument(rows > 0, "%s rows", rows);
    checkArgument(time.isPositive(), "a time of %s", time);
    checkArgument(requests > 0, "%s requests", requests);
  }
}
