package io.deltagraph.check;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many samples and outputs a loss goes over: the sizes of what its op compares with targets, by
 * the roles that the op declares.
 */
final class Counts {
  private Counts() {}

  static List<Clues.Count> of(Value loss, Map<String, Tensor> point) {
    Graph graph = loss.builder().graph(Map.of("loss", loss));
    Map<String, Integer> sizes = new HashMap<>();
    for (Input input : graph.inputs()) {
      Tensor given = point.get(input.label());
      if (given != null) {
        given.bind(input.type(), sizes);
      }
    }
    for (Value node : graph.nodes()) {
      if (node instanceof Apply apply
          && !apply.inputs().isEmpty()
          && apply.op().signature().input(0).role() != OpSignature.Role.ANY) {
        return counts(apply.inputs().getFirst().shape(), sizes);
      }
    }
    return List.of();
  }

  private static List<Clues.Count> counts(Shape shape, Map<String, Integer> sizes) {
    Clues counts = Clues.NONE;
    for (int axis = 0; axis < Math.min(2, shape.rank()); axis++) {
      int size =
          switch (shape.dim(axis)) {
            case Dim.Fixed(int fixed) -> fixed;
            case Dim.Named(String name) -> sizes.getOrDefault(name, 1);
          };
      if (size > 1) {
        counts = axis == 0 ? counts.samples(size) : counts.outputs(size);
      }
    }
    return counts.counts();
  }
}
