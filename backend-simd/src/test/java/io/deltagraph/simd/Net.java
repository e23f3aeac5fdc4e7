package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.deltagraph.backend.Backend;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A small net that is trained: its graph, its first parameters and its data. */
record Net(Graph graph, Map<String, Tensor> start, Map<String, Tensor> data) {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final List<Integer> SIZES =
      List.of(1, 2, 3, 4, 6, 8, 10, 13, 15, 16, 17, 30, 31, 33, 64, 97);
  private static final List<String> ACTIVATIONS =
      List.of("relu", "tanh", "sigmoid", "softplus", "gelu");

  static Net random(DType dtype, SplittableRandom random) {
    List<Integer> widths = new ArrayList<>();
    for (int i = random.nextInt(2, 5); i > 0; i--) {
      widths.add(SIZES.get(random.nextInt(SIZES.size())));
    }
    String activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    return of(dtype, SIZES.get(random.nextInt(SIZES.size())), widths, activation, random);
  }

  static Net of(
      DType dtype, int rows, List<Integer> widths, String activation, SplittableRandom random) {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("x", TensorType.of(dtype, rows, widths.getFirst()));
    Value t = builder.input("t", TensorType.of(dtype, rows, widths.getLast()));
    List<GraphParameter> parameters = new ArrayList<>();
    Value h = x;
    for (int layer = 1; layer < widths.size(); layer++) {
      int out = widths.get(layer);
      GraphParameter w =
          builder.parameter("w" + layer, TensorType.of(dtype, out, widths.get(layer - 1)));
      GraphParameter b = builder.parameter("b" + layer, TensorType.of(dtype, out));
      parameters.addAll(List.of(w, b));
      h = h.matmul(w.transpose()).plus(b).op(activation);
    }
    Value loss = h.op("mean_squared_error", t);
    Gradient gradient = Gradient.of(loss, parameters);
    Value rate = builder.constant(Tensor.scalar(0.1).cast(dtype));
    Map<GraphParameter, Value> updates = new LinkedHashMap<>();
    parameters.forEach(p -> updates.put(p, p.minus(rate.times(gradient.wrt(p)))));
    Map<String, Tensor> start = new LinkedHashMap<>();
    parameters.forEach(p -> start.put(p.label(), uniform(p.type(), random)));
    return new Net(
        builder.graph(Map.of("loss", loss, "prediction", h), updates),
        start,
        Map.of("x", uniform(x.type(), random), "t", uniform(t.type(), random)));
  }

  private static Tensor uniform(TensorType type, SplittableRandom random) {
    return Tensor.of(type, random.doubles(type.shape().elements(), -1, 1).toArray());
  }

  static List<Long> bits(Tensor tensor) {
    return Arrays.stream(tensor.toDoubles())
        .mapToObj(Double::doubleToLongBits)
        .collect(ImmutableList.toImmutableList());
  }

  /** The bits of the outputs of the last step, and of the parameters after it. */
  Map<String, List<Long>> trained(Backend backend, int threads, int steps) {
    Session.Options options = Session.Options.defaults().withThreads(threads).withBackend(backend);
    try (Session session = Session.open(graph, options)) {
      session.setAll(start);
      for (int i = 1; i < steps; i++) {
        session.run(data);
      }
      Map<String, Tensor> all = new LinkedHashMap<>(session.run(data));
      all.putAll(session.parameters());
      return ImmutableMap.copyOf(Maps.transformValues(all, Net::bits));
    }
  }
}
