package io.deltagraph.serving.http;

import java.io.Serial;

/** A request that is not answered as it wishes: the status, and one line that says why. */
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int WRONG_METHOD = 405;
  static final int TOO_SLOW = 408;
  static final int TOO_LARGE = 413;
  static final int WRONG_TYPE = 415;
  static final int BUG = 500;
  static final int BUSY = 503;

  private final int status;
  private final transient Runnable afterwards;

  Refusal(int status, String line) {
    this(status, line, () -> {});
  }

  /**
   * A refusal that leaves something to do.
   *
   * @param afterwards is run when the answer is sent
   */
  Refusal(int status, String line, Runnable afterwards) {
    super(line);
    this.status = status;
    this.afterwards = afterwards;
  }

  Runnable afterwards() {
    return afterwards;
  }

  int status() {
    return status;
  }
}
