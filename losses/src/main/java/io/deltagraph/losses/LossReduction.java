package io.deltagraph.losses;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the terms of a loss become one number, or one for each sample. Rows are samples: the first
 * axis of the outputs counts them. Without samples a mean is 0/0, NaN.
 */
public enum LossReduction {
  /** The sum over outputs and samples. */
  SUM("sum"),
  /** The sum over outputs, then the mean over samples: divided by n. */
  MEAN("mean"),
  /** The mean over samples and outputs: divided by n k. */
  MEAN_ALL("mean_all"),
  /** The sum over outputs alone, n numbers, which can be weighted before they are added up. */
  PER_SAMPLE("per_sample");

  /** The attribute of losses that chooses among them. */
  public static final String ATTRIBUTE = "reduction";

  private final String text;

  LossReduction(String text) {
    this.text = text;
  }

  /** The attribute of a loss. */
  public record Of(LossReduction reduction) {
    Value reduce(Value terms, Value outputs) {
      return reduction.reduce(terms, outputs);
    }

    /**
     * What the gradient of the loss is for each of its terms: {@code g}, {@code g/n}, {@code g/(n
     * k)}; the sample's own g where each has one.
     */
    Value share(Adjoint<Of> at) {
      return reduction.share(at.gradient(), at.input(0));
    }
  }

  /** The name in files: sum, mean, mean_all or per_sample. */
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
        "The attribute 'reduction' is one of sum, mean (over samples), mean_all (over samples and"
            + " outputs) and per_sample (a number for each), got '"
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

  /** The terms, one for each output, as this makes fewer of them. */
  Value reduce(Value terms, Value outputs) {
    return switch (this) {
      case SUM, MEAN, MEAN_ALL -> scaled(terms.sum(), outputs);
      case PER_SAMPLE -> ofOne(outputs).isEmpty() ? terms : terms.sum(ofOne(outputs), false);
    };
  }

  /** What a gradient of the loss is for each of its terms. */
  Value share(Value gradient, Value outputs) {
    return switch (this) {
      case SUM, MEAN, MEAN_ALL -> scaled(gradient, outputs);
      case PER_SAMPLE ->
          ofOne(outputs).isEmpty()
              ? gradient
              : gradient.op("unsqueeze", Map.of("axes", ofOne(outputs)));
    };
  }

  /** The axes that count the outputs of a sample. */
  private static List<Integer> ofOne(Value outputs) {
    return IntStream.range(1, Math.max(1, outputs.type().rank())).boxed().toList();
  }

  /**
   * A number divided as this divides: by n, by n k, or not at all.
   *
   * @param total of all samples
   * @param outputs what the loss is of, the first axis counting samples
   */
  public Value scaled(Value total, Value outputs) {
    return switch (this) {
      case SUM, PER_SAMPLE -> total;
      case MEAN ->
          outputs.type().rank() == 0 ? total : total.over(outputs.elementCount(List.of(0)));
      case MEAN_ALL -> total.over(outputs.elementCount(List.of()));
    };
  }
}
