package io.deltagraph.experiments.spec;

/** The value of an option of a loss, an optimizer, an activation or an initialiser. */
public sealed interface Setting {
  /**
   * A number.
   *
   * @param value finite
   */
  record Numeric(double value) implements Setting {}

  /**
   * True or false.
   *
   * @param value the value
   */
  record Flag(boolean value) implements Setting {}

  /**
   * A word, such as the name of a reduction.
   *
   * @param value the word
   */
  record Word(String value) implements Setting {}
}
