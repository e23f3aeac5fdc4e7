package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.Program;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A pointwise op gives the same bits for an element alone as among others, at any size. */
final class SizeChecks {
  /** Around the multiples of what a processor takes at once. */
  static final List<Integer> SIZES = ImmutableList.of(1, 4, 6, 8, 13, 15, 16, 17, 4_098);

  private static final int WHOLE = 17;

  private final Subject subject;
  private final List<Trial> trials;

  SizeChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void sizes() {
    Findings findings = new Findings(subject);
    if (subject.op() instanceof Pointwise<?> && !trials.isEmpty()) {
      Case model = trials.getFirst().at();
      for (DType dtype : List.of(DType.F64, DType.F32)) {
        Trial scalar = trial(model, Shape.scalar(), dtype);
        Program alone = scalar.program(List.of(scalar.output()));
        for (int size : SIZES) {
          Case at = resized(model, Shape.of(size));
          findings.guard(at, () -> compare(findings, trial(model, Shape.of(size), dtype), alone));
        }
      }
    }
    findings.conclude();
  }

  private static void compare(Findings findings, Trial trial, Program alone) {
    Tensor result = trial.run();
    for (int place : places(result.length())) {
      Map<String, Tensor> point = new HashMap<>();
      trial
          .point()
          .forEach((name, tensor) ->
              point.put(name, Tensor.of(tensor.type().with(Shape.scalar()), tensor.get(place))));
      double expected = alone.run(point).getFirst().get(0);
      if (Double.compare(expected, result.get(place)) != 0) {
        findings.add(
            trial.at(),
            "element "
                + place
                + " of "
                + result.length()
                + " is "
                + result.get(place)
                + ", but "
                + expected
                + " when it is computed alone in "
                + result.type().dtype());
        return;
      }
    }
  }

  private static int[] places(int length) {
    return length <= WHOLE
        ? IntStream.range(0, length).toArray()
        : new int[] {0, 1, 7, length / 2, length - 3, length - 2, length - 1};
  }

  private Trial trial(Case model, Shape shape, DType dtype) {
    return Trial.of(subject, subject.op(), resized(model, shape), dtype, Map.of());
  }

  private static Case resized(Case model, Shape shape) {
    List<TensorType> types =
        model.inputs().stream()
            .map(type -> type.with(shape))
            .collect(ImmutableList.toImmutableList());
    return model.taking(types);
  }
}
