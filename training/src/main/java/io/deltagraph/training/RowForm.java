package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.deltagraph.graph.Input;
import io.deltagraph.models.Model;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How the numbers of a row stand one after another: those of each input of a model, then those of
 * each target, in the model's order, row-major.
 *
 * @param parts the inputs and targets
 */
public record RowForm(List<Part> parts) implements Serializable {
  private static final long serialVersionUID = 1L;

  public RowForm {
    parts = ImmutableList.copyOf(parts);
  }

  /**
   * An input or a target.
   *
   * @param name what the tensor is called
   * @param dtype of its elements
   * @param sizes those of one row; none for one number a row
   */
  public record Part(String name, DType dtype, List<Integer> sizes) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Part {
      sizes = ImmutableList.copyOf(sizes);
    }

    /** How many numbers a row has of it. */
    public int width() {
      return sizes.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }

    private TensorType type(int rows) {
      int[] all = new int[sizes.size() + 1];
      all[0] = rows;
      Arrays.setAll(all, i -> i == 0 ? rows : sizes.get(i - 1));
      return TensorType.of(dtype, all);
    }
  }

  /** The form of a model's rows. */
  public static RowForm of(Model model) {
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    for (Input input : Iterables.concat(model.inputs(), model.targets())) {
      Preconditions.checkArgument(
          input.type().rank() > 0, "The input %s has no rows: it cannot lie in shards.", input);
      ImmutableList.Builder<Integer> sizes = ImmutableList.builder();
      for (int axis = 1; axis < input.type().rank(); axis++) {
        sizes.add(input.shape().dim(axis).size());
      }
      parts.add(new Part(input.label(), input.dtype(), sizes.build()));
    }
    return new RowForm(parts.build());
  }

  /** How many numbers a row has. */
  public int width() {
    return parts.stream().mapToInt(Part::width).sum();
  }

  /**
   * The numbers as the model takes them, so that equal rows are equal whatever they came as: f32
   * numbers are rounded to f32.
   *
   * @throws IllegalArgumentException for another number of numbers, or one that is not whole where
   *     a whole one is needed
   */
  public double[] canonical(double[] given) {
    Preconditions.checkArgument(
        given.length == width(),
        "A row has %s numbers, those of %s one after another; got %s.",
        width(),
        parts,
        given.length);
    double[] numbers = given.clone();
    int at = 0;
    for (Part part : parts) {
      for (int end = at + part.width(); at < end; at++) {
        numbers[at] = rounded(part, numbers[at]);
      }
    }
    return numbers;
  }

  private static double rounded(Part part, double number) {
    if (part.dtype() == DType.F32) {
      return (float) number;
    }
    Preconditions.checkArgument(
        part.dtype() == DType.F64 || number == Math.rint(number),
        "'%s' takes whole numbers, got %s.",
        part.name(),
        number);
    return number;
  }

  /** A row of tensors as numbers one after another. */
  double[] row(Samples samples, int row) {
    double[] numbers = new double[width()];
    int at = 0;
    for (Part part : parts) {
      Tensor tensor = samples.get(part.name());
      int width = part.width();
      for (int i = 0; i < width; i++) {
        numbers[at++] = tensor.get(row * width + i);
      }
    }
    return numbers;
  }

  /** Tensors of some rows, at least one, in their order. */
  public Samples samples(List<double[]> rows) {
    ImmutableMap.Builder<String, Tensor> tensors = ImmutableMap.builder();
    int start = 0;
    for (Part part : parts) {
      int from = start;
      int width = part.width();
      Tensor tensor =
          Tensor.generate(part.type(rows.size()), i -> rows.get(i / width)[from + i % width]);
      tensors.put(part.name(), tensor);
      start += width;
    }
    return new Samples(tensors.buildOrThrow());
  }
}
