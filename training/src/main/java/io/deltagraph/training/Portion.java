package io.deltagraph.training;

import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows in memory and an order to go through them in. */
final class Portion {
  private final Samples samples;
  private final int[] order;
  private final int[] numbers;
  private final RowsInOrder scored;

  /**
   * Some rows.
   *
   * @param order their numbers in the tensors, in the order in which they are trained on
   * @param numbers what each is called
   * @param scored the tensor that the first output is compared with
   */
  Portion(Samples samples, int[] order, int[] numbers, Tensor scored) {
    this.samples = samples;
    this.order = order;
    this.numbers = numbers;
    this.scored = new RowsInOrder(scored, order);
  }

  int count() {
    return order.length;
  }

  Samples samples() {
    return samples;
  }

  int[] order() {
    return order;
  }

  /** What the outputs for some rows are compared with; it changes with the next call. */
  RowsInOrder scored(int from, int to) {
    scored.show(from, to);
    return scored;
  }

  /** Copies of some rows. */
  Samples rows(int from, int to) {
    return samples.rows(Arrays.copyOfRange(order, from, to));
  }

  /** What those rows are called. */
  List<Integer> names(int from, int to) {
    return Arrays.stream(order, from, to)
        .mapToObj(row -> numbers[row])
        .collect(Collectors.toUnmodifiableList());
  }
}
