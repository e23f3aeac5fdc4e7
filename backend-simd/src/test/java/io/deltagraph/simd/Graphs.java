package io.deltagraph.simd;

import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Input;
import io.deltagraph.plan.Plan;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs graphs, and gives the bits of their outputs. */
final class Graphs {
  private Graphs() {}

  /** Numbers from −1 to 1 for all inputs; one number of each input is −0. */
  static Map<String, Tensor> feeds(Graph graph, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (Input input : graph.inputs()) {
      double[] numbers = random.doubles(input.shape().elements(), -1, 1).toArray();
      numbers[random.nextInt(numbers.length)] = -0.0;
      feeds.put(input.label(), Tensor.of(input.type(), numbers));
    }
    return feeds;
  }

  static Map<String, List<Long>> bits(
      Graph graph, Map<String, Tensor> feeds, Backend backend, int threads) {
    Session.Options options = Session.Options.defaults().withThreads(threads).withBackend(backend);
    Map<String, List<Long>> bits = new LinkedHashMap<>();
    try (Session session = Session.open(graph, options)) {
      session.run(feeds).forEach((name, tensor) -> bits.put(name, Net.bits(tensor)));
    }
    return bits;
  }

  /** Buffers of zeros for a plan. */
  static Backend.Memory memory(Plan plan, int workers) {
    List<TensorBuffer> buffers =
        plan.slots().stream()
            .map(slot -> Backend.Memory.allocate(slot.dtype(), slot.length()))
            .toList();
    return new Backend.Memory(buffers, workers);
  }
}
