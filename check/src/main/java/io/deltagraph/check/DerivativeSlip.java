package io.deltagraph.check;

/** A mistake with the derivative of an activation. */
public sealed interface DerivativeSlip extends Cause {

  /**
   * A derivative that is not there.
   *
   * @param layer of which it is
   * @param factor how it is written, such as {@code σ'(Z1)}
   */
  record Missing(int layer, String factor) implements DerivativeSlip {
    @Override
    public String code() {
      return "missing-derivative:" + layer;
    }

    @Override
    public String sentence() {
      return "It lacks a factor: times "
          + factor
          + ", entry by entry, it is right. The chain rule multiplies by the derivative of each"
          + " activation on the way.";
    }
  }

  /** The Jacobian of a softmax that is not there. */
  record MissingJacobian(int layer) implements DerivativeSlip {
    @Override
    public String code() {
      return "missing-derivative:" + layer;
    }

    @Override
    public String sentence() {
      return "It lacks the Jacobian of the softmax of layer " + layer + ".";
    }
  }

  /** A derivative that is there although it cancels. */
  record Extra(int layer, String factor) implements DerivativeSlip {
    @Override
    public String code() {
      return "extra-derivative:" + layer;
    }

    @Override
    public String sentence() {
      return "It has one factor too many, "
          + factor
          + ": the derivative of the activation of layer "
          + layer
          + " is there already, or cancels against that of the cost.";
    }
  }

  /** A derivative that is taken at {@code used}. */
  record Argument(String used, String right) implements DerivativeSlip {
    @Override
    public String code() {
      return "derivative-argument:" + used;
    }

    @Override
    public String sentence() {
      return "Its derivative of the activation is taken at "
          + used
          + "; it belongs at "
          + right
          + ".";
    }
  }

  /**
   * The derivative of another function.
   *
   * @param function which
   * @param written how it is written
   * @param layer where it stands
   * @param right the function of that layer
   */
  record OfFunction(String function, String written, int layer, String right)
      implements DerivativeSlip {
    @Override
    public String code() {
      return "derivative-of:" + function;
    }

    @Override
    public String sentence() {
      return written
          + " is the derivative of "
          + function
          + "; layer "
          + layer
          + " has "
          + right
          + ".";
    }
  }

  /** The diagonal of a softmax's Jacobian in place of all of it. */
  record SoftmaxDiagonal(String written) implements DerivativeSlip {
    @Override
    public String code() {
      return "softmax-diagonal";
    }

    @Override
    public String sentence() {
      return "Each output of a softmax depends on every pre-activation: "
          + written
          + " is the diagonal of its Jacobian alone.";
    }
  }
}
