package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableMap;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Something to minimise over a matrix of 4 and a vector of 3, as a graph and in plain loops. */
enum Problem {
  /** {@code ½ Σ aᵢ (wᵢ − cᵢ)²} with curvatures from 1 to 1000. */
  QUADRATIC {
    @Override
    Value term(Value w, double[] curvature, double[] centre) {
      Value a = w.builder().constant(Tensor.of(w.type(), curvature));
      Value c = w.builder().constant(Tensor.of(w.type(), centre));
      return a.times(w.minus(c).square()).sum().times(0.5);
    }

    @Override
    double[] gradient(double[] w) {
      return IntStream.range(0, w.length)
          .mapToDouble(i -> CURVATURE[i] * (w[i] - CENTRE[i]))
          .toArray();
    }
  },

  /** {@code Σ (¼ (wᵢ² − 1)² + cos wᵢ)}: two valleys, no constant curvature. */
  VALLEYS {
    @Override
    Value term(Value w, double[] curvature, double[] centre) {
      return w.square().minus(1).square().times(0.25).plus(w.cos()).sum();
    }

    @Override
    double[] gradient(double[] w) {
      return IntStream.range(0, w.length)
          .mapToDouble(i -> w[i] * (w[i] * w[i] - 1) - Math.sin(w[i]))
          .toArray();
    }
  };

  static final int STEPS = 30;
  private static final double[] CURVATURE = {1, 3, 10, 30, 100, 300, 1000};
  private static final double[] CENTRE = {0.5, -1, 2, 0.25, -0.75, 1.5, 0.125};
  private static final double[] START = {1.5, -0.4, 0.3, -2, 0.7, 1.1, -0.6};

  abstract Value term(Value w, double[] curvature, double[] centre);

  abstract double[] gradient(double[] w);

  /** The graph of one step and what it starts from. */
  record Start(Graph graph, ImmutableMap<String, Tensor> values) {
    Session open(int threads) {
      return Session.open(graph, Session.Options.defaults().withThreads(threads)).setAll(values);
    }
  }

  Start start(Optimizer optimizer, DType dtype) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter weight = builder.parameter("layer1.weight", TensorType.of(dtype, 2, 2));
    GraphParameter bias = builder.parameter("layer1.bias", TensorType.of(dtype, 3));
    Value loss =
        term(weight, part(CURVATURE, 0, 4), part(CENTRE, 0, 4))
            .plus(term(bias, part(CURVATURE, 4, 7), part(CENTRE, 4, 7)));
    Gradient gradient = Gradient.of(loss, List.of(weight, bias));
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    gradients.put(weight, gradient.wrt(weight));
    gradients.put(bias, gradient.wrt(bias));
    OptimizerStep step = optimizer.step(gradients);
    ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
    values.put("layer1.weight", Tensor.of(weight.type(), part(START, 0, 4)));
    values.put("layer1.bias", Tensor.of(bias.type(), part(START, 4, 7)));
    step.initialState().forEach((state, tensor) -> values.put(state.label(), tensor));
    return new Start(builder.graph(Map.of("loss", loss), step.updates()), values.buildOrThrow());
  }

  /** The parameters after each step of the graph. */
  List<double[]> path(Optimizer optimizer, DType dtype) {
    List<double[]> path = new ArrayList<>();
    try (Session session = start(optimizer, dtype).open(1)) {
      for (int t = 0; t < STEPS; t++) {
        session.run(Map.of());
        path.add(parameters(session));
      }
    }
    return path;
  }

  /** The parameters after each step in plain loops. */
  List<double[]> path(Supplier<PlainRules.Rule> rule) {
    PlainRules.Rule fresh = rule.get();
    double[] w = START.clone();
    List<double[]> path = new ArrayList<>();
    for (int t = 1; t <= STEPS; t++) {
      fresh.step(w, gradient(w), t);
      path.add(w.clone());
    }
    return path;
  }

  static double[] parameters(Session session) {
    double[] all = new double[PlainRules.SIZE];
    System.arraycopy(session.get("layer1.weight").toDoubles(), 0, all, 0, 4);
    System.arraycopy(session.get("layer1.bias").toDoubles(), 0, all, 4, 3);
    return all;
  }

  /** The largest difference between two paths, as a part of the largest number on either. */
  static double difference(List<double[]> left, List<double[]> right) {
    double size = 0;
    double most = 0;
    for (int t = 0; t < STEPS; t++) {
      for (int i = 0; i < PlainRules.SIZE; i++) {
        double a = left.get(t)[i];
        double b = right.get(t)[i];
        size = Math.max(size, Math.max(Math.abs(a), Math.abs(b)));
        most = Double.isFinite(a - b) ? Math.max(most, Math.abs(a - b)) : Double.POSITIVE_INFINITY;
      }
    }
    return most / size;
  }

  private static double[] part(double[] all, int from, int to) {
    return java.util.Arrays.copyOfRange(all, from, to);
  }
}
