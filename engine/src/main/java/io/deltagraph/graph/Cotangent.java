package io.deltagraph.graph;

/** What a backward rule says of one input. */
public sealed interface Cotangent {

  /**
   * The gradient with respect to the input, of the input's type or of the output's broadcast shape.
   */
  record Flow(Value gradient) implements Cotangent {}

  /** The output does not depend on the input (not at all, or it cannot: an index, a mask). */
  record Zero() implements Cotangent {}

  /** The gradient is zero almost everywhere although the output does depend on the input. */
  record Flat(String why) implements Cotangent {}

  /** There is a gradient but no rule for it; asking for it is refused with this reason. */
  record Missing(String why) implements Cotangent {}

  /** A gradient. */
  static Cotangent flow(Value gradient) {
    return new Flow(gradient);
  }

  /** No dependence. */
  static Cotangent zero() {
    return new Zero();
  }

  /** A gradient that is zero almost everywhere. */
  static Cotangent flat(String why) {
    return new Flat(why);
  }

  /** No rule. */
  static Cotangent missing(String why) {
    return new Missing(why);
  }
}
