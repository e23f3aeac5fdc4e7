package io.deltagraph.check;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
    Optional<Tensor> penalty,
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

  /** How many there are of something, such as 64 samples. */
  public record Count(int number, String of) {}

  /** A tensor of the gradient's shape, and what it is called in a sentence. */
  public record Factor(String name, Tensor value) {}

  /** The terms, of the shape that the input is repeated to, and the axes of it to be summed. */
  public record Terms(Tensor value, List<Integer> axes) {
    public Terms {
      axes = ImmutableList.copyOf(axes);
    }
  }

  /** A gradient, and the cause that it would speak for. */
  public record Guess(Cause cause, Tensor gradient) {}

  /** These and a count, such as 64 samples; the name is a plural. */
  public Clues count(int number, String of) {
    Preconditions.checkArgument(number > 0, "There is at least one of the %s, got %s.", of, number);
    return new Clues(
        added(counts, new Count(number, of)),
        learningRate,
        factors,
        terms,
        penalty,
        suspects,
        repairs);
  }

  /** These and the number of samples. */
  public Clues samples(int number) {
    return count(number, "samples");
  }

  /** These and the learning rate. */
  public Clues learningRate(double rate) {
    return new Clues(counts, OptionalDouble.of(rate), factors, terms, penalty, suspects, repairs);
  }

  /** These and a possible factor; those of another shape than the gradient's are not looked at. */
  public Clues factor(String name, Tensor value) {
    return new Clues(
        counts,
        learningRate,
        added(factors, new Factor(name, value)),
        terms,
        penalty,
        suspects,
        repairs);
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

  /** These and the penalty's part of the gradient. */
  public Clues penalty(Tensor part) {
    return new Clues(counts, learningRate, factors, terms, Optional.of(part), suspects, repairs);
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
