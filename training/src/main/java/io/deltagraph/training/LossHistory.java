package io.deltagraph.training;

import com.google.common.collect.ImmutableList;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The losses of all epochs so far; an epoch adds no object. */
final class LossHistory {
  private static final int WIDTH = 2;

  private double[] values = new double[WIDTH * 64];
  private int epochs;

  /** Goes on from a history as {@link #tensor()} gave it. */
  void restore(Tensor kept) {
    epochs = kept.size(0);
    values = Arrays.copyOf(kept.toDoubles(), Math.max(values.length, 2 * WIDTH * epochs));
  }

  /** Adds an epoch; a validation loss that is not there is NaN. */
  void add(double loss, double validation) {
    if (WIDTH * epochs == values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[WIDTH * epochs] = loss;
    values[WIDTH * epochs + 1] = validation;
    epochs++;
  }

  int epochs() {
    return epochs;
  }

  double lastLoss() {
    return epochs == 0 ? Double.NaN : values[WIDTH * (epochs - 1)];
  }

  Tensor tensor() {
    return Tensor.of(
        TensorType.of(DType.F64, epochs, WIDTH), Arrays.copyOf(values, WIDTH * epochs));
  }

  List<EpochLosses> list() {
    ImmutableList.Builder<EpochLosses> list = ImmutableList.builder();
    for (int i = 0; i < epochs; i++) {
      double validation = values[WIDTH * i + 1];
      list.add(
          new EpochLosses(
              i + 1,
              values[WIDTH * i],
              Double.isNaN(validation) ? OptionalDouble.empty() : OptionalDouble.of(validation)));
    }
    return list.build();
  }
}
