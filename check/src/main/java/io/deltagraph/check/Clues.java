package io.deltagraph.check;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is known of a gradient besides its numbers, each clue of which lets {@link Diagnosis} look
 * for more causes.
 *
 * @param counts numbers that means and sums mix up
 * @param learningRate the step size, which does not belong into a gradient
 * @param factors what the gradient may be a product of, entry by entry
 * @param terms the terms of a sum over axes along which the input is repeated
 * @param penalty the penalty's part, as in {@code λ/m · W}, which the right gradient includes
 * @param suspects what the gradient would be if a mistake had been made
 * @param repairs what the gradient would be if a mistake were undone
 */
public record Clues(
    List<Count> counts,
    OptionalDouble learningRate,
    List<Factor> factors,
    Optional<Terms> terms,
    Optional<Penalty> penalty,
    List<Guess> suspects,
    List<Guess> repairs) {
  public Clues {
    counts = ImmutableList.copyOf(counts);
    factors = ImmutableList.copyOf(factors);
    suspects = ImmutableList.copyOf(suspects);
    repairs = ImmutableList.copyOf(repairs);
  }

  /** Nothing is known. */
  public static final Clues NONE =
      new Clues(
          ImmutableList.of(),
          OptionalDouble.empty(),
          ImmutableList.of(),
          Optional.empty(),
          Optional.empty(),
          ImmutableList.of(),
          ImmutableList.of());

  /**
   * How many there are of something, such as 64 samples.
   *
   * @param number how many
   * @param of of what, in the plural
   * @param symbol what it is in codes of causes, such as {@code n}
   */
  public record Count(int number, String of, String symbol) {}

  /**
   * A tensor of the gradient's shape.
   *
   * @param name what it is called in a sentence
   * @param value its numbers
   * @param slopeOf the layer of whose activation it is the derivative
   */
  public record Factor(String name, Tensor value, OptionalInt slopeOf) {
    Cause missing() {
      return slopeOf.isPresent()
          ? new DerivativeSlip.Missing(slopeOf.getAsInt(), name)
          : Slip.MissingOperand.factor(name);
    }

    Cause extra() {
      return slopeOf.isPresent()
          ? new DerivativeSlip.Extra(slopeOf.getAsInt(), name)
          : new Slip.ExtraOperand(name);
    }
  }

  /** The terms, of the shape that the input is repeated to, and the axes of it to be summed. */
  public record Terms(Tensor value, List<Integer> axes) {
    public Terms {
      axes = ImmutableList.copyOf(axes);
    }
  }

  /** The penalty's part of the gradient by what it is of. */
  public record Penalty(String of, Tensor part) {}

  /** A gradient, and the cause that it would speak for. */
  public record Guess(Cause cause, Tensor gradient) {}

  /** These and a count, such as 64 samples; the name is a plural. */
  public Clues count(int number, String of) {
    return with(new Count(number, of, Integer.toString(number)));
  }

  /** These and a count. */
  public Clues with(Count count) {
    Preconditions.checkArgument(
        count.number() > 0, "There is at least one of the %s, got %s.", count.of(), count.number());
    return new Clues(
        added(counts, count), learningRate, factors, terms, penalty, suspects, repairs);
  }

  /** These and the number of samples. */
  public Clues samples(int number) {
    return with(new Count(number, "samples", Ratio.N.text()));
  }

  /** These and the number of outputs. */
  public Clues outputs(int number) {
    return with(new Count(number, "outputs", Ratio.K.text()));
  }

  /** These and the learning rate. */
  public Clues learningRate(double rate) {
    return new Clues(counts, OptionalDouble.of(rate), factors, terms, penalty, suspects, repairs);
  }

  /** These and a possible factor; those of another shape than the gradient's are not looked at. */
  public Clues factor(String name, Tensor value) {
    return with(new Factor(name, value, OptionalInt.empty()));
  }

  /** These and the derivative of a layer's activation; layers count from 1. */
  public Clues slope(int layer, String name, Tensor value) {
    return with(new Factor(name, value, OptionalInt.of(layer)));
  }

  private Clues with(Factor factor) {
    return new Clues(
        counts, learningRate, added(factors, factor), terms, penalty, suspects, repairs);
  }

  /** These and the terms of the sum over some axes. */
  public Clues terms(Tensor value, int... axes) {
    return new Clues(
        counts,
        learningRate,
        factors,
        Optional.of(new Terms(value, Ints.asList(axes))),
        penalty,
        suspects,
        repairs);
  }

  /**
   * These and the penalty's part of the gradient.
   *
   * @param of what is penalised, such as {@code W1}
   */
  public Clues penalty(String of, Tensor part) {
    Optional<Penalty> known = Optional.of(new Penalty(of, part));
    return new Clues(counts, learningRate, factors, terms, known, suspects, repairs);
  }

  /** These and what the gradient would be if a mistake had been made. */
  public Clues suspect(Cause cause, Tensor gradient) {
    return new Clues(
        counts,
        learningRate,
        factors,
        terms,
        penalty,
        added(suspects, new Guess(cause, gradient)),
        repairs);
  }

  /** These and what the wrong gradient becomes if a mistake is undone in it. */
  public Clues repair(Cause cause, Tensor gradient) {
    return new Clues(
        counts,
        learningRate,
        factors,
        terms,
        penalty,
        suspects,
        added(repairs, new Guess(cause, gradient)));
  }

  private static <T> List<T> added(List<T> list, T element) {
    return ImmutableList.<T>builder().addAll(list).add(element).build();
  }
}
