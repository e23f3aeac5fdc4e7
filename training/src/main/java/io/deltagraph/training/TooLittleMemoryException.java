package io.deltagraph.training;

/** Rows take more memory than there is; told before it is taken, with what to do. */
public final class TooLittleMemoryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TooLittleMemoryException(String message) {
    super(message);
  }
}
