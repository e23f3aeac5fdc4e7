package io.deltagraph.data;

import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;

/**
 * How much the rows of each class count in a loss.
 *
 * @param each one number for each class, in the order of the classes' names, none below 0
 */
public record ClassWeights(List<Double> each) {
  public ClassWeights {
    each = ImmutableDoubleArray.copyOf(each).asList();
  }

  /**
   * Weights with which all classes count the same, {@code n / (K n_k)} for n rows of K classes, n_k
   * of them of class k; over these rows they are 1 on average.
   *
   * @param source what to call the rows in errors
   * @throws InputException if a class has no row
   */
  public static ClassWeights balanced(String source, Targets.Classes training) {
    ImmutableDoubleArray.Builder each = ImmutableDoubleArray.builder();
    List<Integer> counts = training.counts();
    for (int k = 0; k < counts.size(); k++) {
      if (counts.get(k) == 0) {
        throw DataErrors.noRowOf(source, training.names().get(k));
      }
      each.add(training.rows() / ((double) counts.size() * counts.get(k)));
    }
    return new ClassWeights(each.build().asList());
  }

  /**
   * Weights by the names of the classes; 1 for those that are not named.
   *
   * @param source where they are given, for errors
   * @throws InputException for a class that is not among the names
   */
  public static ClassWeights of(String source, Map<String, Double> given, List<String> names) {
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw DataErrors.noClass(source, name, names);
      }
    }
    return new ClassWeights(names.stream().map(name -> given.getOrDefault(name, 1.0)).toList());
  }

  /** The weight of each row, n numbers. */
  public Tensor rows(Targets.Classes classes, DType dtype) {
    TensorType type = TensorType.of(dtype, classes.rows());
    return Tensor.generate(type, i -> each.get(classes.labels().get(i)));
  }
}
