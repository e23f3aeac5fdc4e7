package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mistake of a formula. Texts named {@code at} are the part of it that is wrong, or empty for the
 * whole.
 */
public sealed interface Slip extends Cause {

  /**
   * A piece of a constant factor.
   *
   * @param value the piece
   * @param code of the cause that it is alone
   * @param symbol how it is written in a sentence
   * @param hint where it may come from
   */
  record Part(double value, String code, String symbol, String hint) {
    static final Part SIGN =
        new Part(-1, "sign", "-1", "the sign is wrong, or a difference is the other way round");

    static Part of(Ratio ratio) {
      return new Part(ratio.number(), "factor:" + ratio.text(), ratio.text(), ratio.hint());
    }

    static Part learningRate(double rate) {
      return new Part(rate, WeightsUpdated.CODE, rate + ", the learning rate", WeightsUpdated.WHY);
    }
  }

  /** The right one times a constant; no pieces if the constant is none that is known. */
  record Constant(double ratio, List<Part> pieces) implements Slip {
    public Constant {
      pieces = ImmutableList.copyOf(pieces);
    }

    /** A number that comes from no usual mistake. */
    public static Constant of(double ratio) {
      return new Constant(ratio, List.of());
    }

    /** A known ratio. */
    public static Constant of(Ratio ratio) {
      return new Constant(ratio.number(), List.of(Part.of(ratio)));
    }

    /** The learning rate, or its negative. */
    public static Constant learningRate(double rate) {
      return new Constant(rate, List.of(Part.learningRate(rate)));
    }

    /** A wrong sign. */
    public static Constant minus() {
      return new Constant(-1, List.of(Part.SIGN));
    }

    /** A known ratio and a wrong sign. */
    public static Constant minus(Ratio ratio) {
      return new Constant(-ratio.number(), List.of(Part.SIGN, Part.of(ratio)));
    }

    @Override
    public String code() {
      return switch (pieces.size()) {
        case 0 -> "factor:" + Ratio.plain(ratio);
        case 1 -> pieces.getFirst().code();
        default -> Composed.CODE;
      };
    }

    @Override
    public List<Cause> parts() {
      return pieces.size() < 2
          ? List.of()
          : pieces.stream().<Cause>map(p -> new Constant(p.value(), List.of(p))).toList();
    }

    @Override
    public String sentence() {
      return words("It is ");
    }

    String words(String head) {
      return pieces.isEmpty()
          ? head
              + "the right one times "
              + Ratio.number(ratio)
              + " in every entry: a constant factor is wrong."
          : head
              + "the right one times "
              + pieces.stream().map(Part::symbol).collect(Collectors.joining(" times "))
              + ": "
              + pieces.stream().map(Part::hint).collect(Collectors.joining("; "))
              + ".";
    }
  }

  /** A mistake of one term of a sum; the others are right and may hide it. */
  record OfTerm(String term, Cause cause) implements Slip {
    @Override
    public String code() {
      return cause.code();
    }

    @Override
    public List<Cause> parts() {
      return cause.parts();
    }

    @Override
    public String sentence() {
      return "At " + term + ": " + cause.sentence();
    }
  }

  /** A wrong sign somewhere in it. */
  record Sign(String at) implements Slip {
    @Override
    public String code() {
      return Part.SIGN.code();
    }

    @Override
    public String sentence() {
      return "It has a wrong sign: it is right with " + at + " negated.";
    }
  }

  /** Rows and columns are exchanged. */
  record Transposed(String at) implements Slip {
    @Override
    public String code() {
      return "transposed";
    }

    @Override
    public String sentence() {
      return (at.isEmpty()
              ? "It is the right one with rows and columns exchanged"
              : "It is right with rows and columns of " + at + " exchanged")
          + ": a transpose is missing, or there is one too many.";
    }
  }

  /** What is shared along some axes, as a bias is by samples, was not summed over them. */
  record MissingSum(List<Integer> axes) implements Slip {
    public MissingSum {
      axes = ImmutableList.copyOf(axes);
    }

    @Override
    public String code() {
      return "missing-sum";
    }

    @Override
    public String sentence() {
      String where =
          axes.size() == 1
              ? "along axis " + axes.get(0)
              : axes.isEmpty() ? "along all axes" : "along the axes " + axes;
      return "It lacks a sum: the gradient of what is repeated "
          + where
          + ", as a bias is for each sample, is the sum of what each says, not one term.";
    }
  }

  /** A sum is there once too often. */
  record ExtraSum(String at) implements Slip {
    @Override
    public String code() {
      return "extra-sum";
    }

    @Override
    public String sentence() {
      return "The sum " + at + " is one too many.";
    }
  }

  /** A sum goes over the wrong axis. */
  record Axis(String at) implements Slip {
    @Override
    public String code() {
      return "axis";
    }

    @Override
    public String sentence() {
      return "The sum " + at + " goes over the wrong axis.";
    }
  }

  /** The factors of a product are exchanged. */
  record Order(String at) implements Slip {
    @Override
    public String code() {
      return "order";
    }

    @Override
    public String sentence() {
      return "The factors of " + at + " are exchanged.";
    }
  }

  /** A factor or a term is not there. */
  record MissingOperand(String operand, String at) implements Slip {
    /** A factor that is not there, wherever it belongs. */
    public static MissingOperand factor(String factor) {
      return new MissingOperand(factor, "");
    }

    @Override
    public String code() {
      return "missing-operand:" + operand;
    }

    @Override
    public String sentence() {
      return at.isEmpty()
          ? "It lacks a factor: times " + operand + ", entry by entry, it is right."
          : "It lacks " + operand + " at " + at + ".";
    }
  }

  /** A factor is there once too often. */
  record ExtraOperand(String operand) implements Slip {
    @Override
    public String code() {
      return "extra-operand:" + operand;
    }

    @Override
    public String sentence() {
      return "It has one factor too many: it is the right one times " + operand + ".";
    }
  }

  /** The gradient that comes from above is not used; {@code name} is what it is called. */
  record MissingIncoming(String name) implements Slip {
    @Override
    public String code() {
      return "missing-operand:" + name;
    }

    @Override
    public String sentence() {
      return "It ignores the gradient that comes from above: the chain rule multiplies by it.";
    }
  }

  /** One value is used where another should be. */
  record WrongOperand(String used, String right) implements Slip {
    @Override
    public String code() {
      return "wrong-operand:" + used + "→" + right;
    }

    @Override
    public String sentence() {
      return "It uses " + used + " where it should use " + right + ".";
    }
  }

  /** The same value of another layer is used. */
  record WrongLayer(String used, String right) implements Slip {
    @Override
    public String code() {
      return "wrong-layer:" + used + "→" + right;
    }

    @Override
    public String sentence() {
      return "It uses " + used + " where it should use " + right + ", which is of another layer.";
    }
  }

  /** One factor is there in the place of another, as the numbers tell. */
  record WrongFactor(String used, String right) implements Slip {
    @Override
    public String code() {
      return "wrong-operand:" + used + "→" + right;
    }

    @Override
    public String sentence() {
      return "It is the right one times "
          + used
          + " over "
          + right
          + ", entry by entry: a factor is the wrong one, or has the wrong power.";
    }
  }

  /** Targets are class indices in place of one-hot rows, or (n) in place of (n, 1). */
  record TargetForm() implements Slip {
    @Override
    public String code() {
      return "target-form";
    }

    @Override
    public String sentence() {
      return "The targets have another form here: a class index stands for one-hot, or (n) for"
          + " (n, 1).";
    }
  }

  /** The step of gradient descent in place of the gradient. */
  record WeightsUpdated() implements Slip {
    static final String CODE = "weights-updated";
    static final String WHY = "the step belongs into the update, not into the gradient";

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public String sentence() {
      return "It has the learning rate in it: " + WHY + ".";
    }
  }

  /** Two mistakes at once. */
  record Composed(Cause one, Cause two) implements Slip {
    static final String CODE = "composed";

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public List<Cause> parts() {
      return List.of(one, two);
    }

    @Override
    public String sentence() {
      return one.sentence() + " And: " + two.sentence();
    }
  }
}
