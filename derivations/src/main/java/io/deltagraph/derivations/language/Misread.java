package io.deltagraph.derivations.language;

/** Ends the reading of a line; the reader makes a {@link Misreading} of it. */
final class Misread extends Exception {
  private static final long serialVersionUID = 1;

  final transient Place place;
  final String read;
  final String expected;

  Misread(Place place, String read, String expected) {
    super(expected, null, false, false);
    this.place = place;
    this.read = read;
    this.expected = expected;
  }
}
