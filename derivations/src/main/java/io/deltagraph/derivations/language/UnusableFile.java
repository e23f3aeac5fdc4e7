package io.deltagraph.derivations.language;

/** A file that is no derivation at all: too large, too long, or no text. */
public final class UnusableFile extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableFile(String message) {
    super(message);
  }
}
