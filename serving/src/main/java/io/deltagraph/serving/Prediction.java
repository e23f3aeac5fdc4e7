package io.deltagraph.serving;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;

/** What a model says about one row. */
public sealed interface Prediction {

  /**
   * A class.
   *
   * @param name of the class
   * @param index its place among the model's classes, from 0
   * @param probabilities of all classes in their order; none where the net's outputs are no
   *     probabilities
   */
  record OfClass(String name, int index, List<Double> probabilities) implements Prediction {
    public OfClass {
      probabilities = ImmutableDoubleArray.copyOf(probabilities).asList();
    }
  }

  /**
   * A number.
   *
   * @param value in the unit of the column that the model learnt to predict
   */
  record OfNumber(double value) implements Prediction {}
}
