package io.deltagraph.check;

import java.util.List;

/** A mistake with the penalty's term. */
public sealed interface PenaltySlip extends Cause {

  /**
   * A term that is not there.
   *
   * @param of whose, such as {@code W1}, or empty
   * @param term how it is written, or empty
   */
  record Missing(String of, String term) implements PenaltySlip {
    @Override
    public String code() {
      return "missing-penalty" + (of.isEmpty() ? "" : ":" + of);
    }

    @Override
    public String sentence() {
      return "It lacks the penalty's term" + (term.isEmpty() ? "." : " " + term + ".");
    }
  }

  /** A term that does not belong there. */
  record Extra(String of, String term) implements PenaltySlip {
    @Override
    public String code() {
      return "extra-penalty:" + of;
    }

    @Override
    public String sentence() {
      return "The term " + term + " does not belong here: it is no part of this gradient.";
    }
  }

  /** A penalty of a bias. */
  record OnBias(int layer, String term) implements PenaltySlip {
    @Override
    public String code() {
      return "penalty-on-bias:" + layer;
    }

    @Override
    public String sentence() {
      return "The penalty leaves biases out; " + term + " does not belong here.";
    }
  }

  /** The penalty's term is there times a constant; the rest is right. */
  record Times(Slip.Constant constant) implements PenaltySlip {
    @Override
    public String code() {
      return constant.code().replaceFirst("^factor:", "penalty-factor:");
    }

    @Override
    public List<Cause> parts() {
      return constant.parts().stream().<Cause>map(part -> new Times((Slip.Constant) part)).toList();
    }

    @Override
    public String sentence() {
      return constant.words("The penalty's term is ");
    }
  }
}
