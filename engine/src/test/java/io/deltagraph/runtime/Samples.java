package io.deltagraph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Seeded tensors, and the comparison of both roads. */
final class Samples {
  private Samples() {}

  static Tensor tensor(long seed, TensorType type) {
    SplittableRandom random = new SplittableRandom(seed);
    return Tensor.generate(
        type,
        i ->
            switch (type.dtype()) {
              case F64, F32 -> random.nextDouble(-2, 2);
              case I64, I32 -> random.nextInt(-9, 10);
              case BOOL -> random.nextInt(2);
            });
  }

  static TensorType f64(int... sizes) {
    return TensorType.of(DType.F64, sizes);
  }

  static TensorType f32(int... sizes) {
    return TensorType.of(DType.F32, sizes);
  }

  /** Fails unless the engine's bits are those of the plain definitions. */
  static void assertSame(Value value, Map<String, Tensor> feeds) {
    Tensor got = Evaluate.values(List.of(value), feeds).getFirst();
    Tensor expected = Naive.value(value, feeds);
    assertBits(value.toString(), got, expected);
  }

  /** The kinds of a plan's steps, and of how many steps each pass over rows is. */
  static List<String> kinds(Plan plan) {
    return plan.steps().stream()
        .map(step ->
            step instanceof Step.Rows rows
                ? "pass of " + rows.parts().size()
                : step.getClass().getSimpleName())
        .toList();
  }

  static void assertBits(String what, Tensor got, Tensor expected) {
    assertThat(got.type()).as(what).isEqualTo(expected.type());
    for (int i = 0; i < got.length(); i++) {
      if (Double.doubleToLongBits(got.get(i)) != Double.doubleToLongBits(expected.get(i))) {
        throw new AssertionError(
            "%s: element %d is %s instead of %s".formatted(what, i, got.get(i), expected.get(i)));
      }
    }
  }
}
