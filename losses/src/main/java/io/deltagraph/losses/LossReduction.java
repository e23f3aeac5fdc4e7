package io.deltagraph.losses;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * How the terms of a loss become one number. Rows are samples: the first axis of the outputs counts
 * them. Without samples a mean is 0/0, NaN.
 */
public enum LossReduction {
  /** The sum over outputs and samples. */
  SUM("sum"),
  /** The sum over outputs, then the mean over samples: divided by n. */
  MEAN("mean"),
  /** The mean over samples and outputs: divided by n k. */
  MEAN_ALL("mean_all");

  /** The attribute of losses that chooses among them. */
  public static final String ATTRIBUTE = "reduction";

  private final String text;

  LossReduction(String text) {
    this.text = text;
  }

  /** The attribute of a loss. */
  public record Of(LossReduction reduction) {
    Value reduce(Value terms, Value outputs) {
      return reduction.scaled(terms.sum(), outputs);
    }

    /**
     * What the gradient of the loss is for each of its terms: {@code g}, {@code g/n}, {@code g/(n
     * k)}.
     */
    Value share(Adjoint<Of> at) {
      return reduction.scaled(at.gradient(), at.input(0));
    }
  }

  /** The name in files: sum, mean or mean_all. */
  public String text() {
    return text;
  }

  /**
   * The reduction of that name.
   *
   * @throws IllegalArgumentException naming the known ones, if there is none
   */
  public static LossReduction parse(String text) {
    for (LossReduction reduction : values()) {
      if (reduction.text.equals(text)) {
        return reduction;
      }
    }
    throw new IllegalArgumentException(
        "The attribute 'reduction' is one of sum, mean (over samples) and mean_all (over samples and"
            + " outputs), got '"
            + text
            + "'.");
  }

  /** This as the attributes of a loss. */
  public Of attribute() {
    return new Of(this);
  }

  static Schema<Of> schema(LossReduction usual) {
    return Schema.of(
        name -> new Of(parse(name)),
        OpAttribute.<Of>text("reduction", of -> of.reduction().text()).orElse(usual.text()));
  }

  static Notation notation(String name) {
    return Notation.template(
        name + "({*}, {reduction})",
        "\\operatorname{" + name.replace("_", "\\_") + "}_{{reduction}}\\left({*}\\right)",
        Notation.Binding.ATOM);
  }

  /** {@code total} divided by the number of samples or elements of {@code outputs}, if a mean. */
  Value scaled(Value total, Value outputs) {
    return switch (this) {
      case SUM -> total;
      case MEAN ->
          outputs.type().rank() == 0 ? total : total.over(outputs.elementCount(List.of(0)));
      case MEAN_ALL -> total.over(outputs.elementCount(List.of()));
    };
  }
}
