package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import io.deltagraph.graph.Input;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Rows to train or score on: a tensor for each input and each target of a model, by name, all with
 * one row for each sample.
 *
 * @param tensors at least one, each of at least one dimension
 */
public record Samples(Map<String, Tensor> tensors) {

  /** Checks that all have as many rows. */
  public Samples {
    tensors = ImmutableMap.copyOf(tensors);
    Preconditions.checkArgument(!tensors.isEmpty(), "There are no tensors to take rows from.");
    Map.Entry<String, Tensor> first = tensors.entrySet().iterator().next();
    for (Map.Entry<String, Tensor> other : tensors.entrySet()) {
      Preconditions.checkArgument(
          other.getValue().type().rank() > 0,
          "The tensor '%s' has no rows: it is %s.",
          other.getKey(),
          other.getValue());
      Preconditions.checkArgument(
          other.getValue().size(0) == first.getValue().size(0),
          "There are %s rows of '%s' and %s of '%s'.",
          first.getValue().size(0),
          first.getKey(),
          other.getValue().size(0),
          other.getKey());
    }
  }

  /**
   * Rows of one input and one target, as a {@link Network} calls them.
   *
   * @param inputs X, n × features
   * @param targets T, n × outputs, or n class indices
   */
  public Samples(Tensor inputs, Tensor targets) {
    this(ImmutableMap.of(Network.INPUTS, inputs, Network.TARGETS, targets));
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "There is no tensor for '" + name + "'; there are " + tensors.keySet() + ".");
    }
    return tensor;
  }

  /** X. */
  public Tensor inputs() {
    return get(Network.INPUTS);
  }

  /** T. */
  public Tensor targets() {
    return get(Network.TARGETS);
  }

  /** The number of rows. */
  public int count() {
    return tensors.values().iterator().next().size(0);
  }

  /** The rows with those numbers, in that order. */
  public Samples rows(int[] numbers) {
    return each(tensor -> tensor.rows(numbers));
  }

  /** The first rows, at most {@code most} of them. */
  public Samples first(int most) {
    return range(0, Math.min(most, count()));
  }

  /** The rows from one number to before another. */
  public Samples range(int from, int to) {
    return each(tensor -> tensor.rows(from, to));
  }

  /** The same rows in another dtype, those of whole numbers, such as class indices, as they are. */
  public Samples in(DType dtype) {
    return each(tensor -> tensor.type().dtype().isFloat() ? tensor.cast(dtype) : tensor);
  }

  /**
   * What a model takes of these rows, f64 and f32 converted to what it takes them in.
   *
   * @throws IllegalArgumentException if one of its inputs or targets has no tensor
   */
  Samples fitting(Model model) {
    ImmutableMap.Builder<String, Tensor> fitting = ImmutableMap.builder();
    for (Input input : Iterables.concat(model.inputs(), model.targets())) {
      Tensor tensor = get(input.label());
      boolean floats = input.dtype().isFloat() && tensor.type().dtype().isFloat();
      fitting.put(input.label(), floats ? tensor.cast(input.dtype()) : tensor);
    }
    return new Samples(fitting.buildOrThrow());
  }

  /** What the first output is compared with: the first target, or input where there is none. */
  Tensor scored(Model model) {
    return get(Iterables.concat(model.targets(), model.inputs()).iterator().next().label());
  }

  private Samples each(UnaryOperator<Tensor> change) {
    return new Samples(ImmutableMap.copyOf(Maps.transformValues(tensors, change::apply)));
  }
}
