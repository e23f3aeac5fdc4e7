package io.deltagraph.onnx.write;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A graph in the making: every step takes what is there already. */
final class RandomGraph {
  private final GraphBuilder builder;
  private final Random random;
  private final DType dtype;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final List<Value> values = new ArrayList<>();

  private RandomGraph(GraphBuilder builder, Random random, DType dtype) {
    this.builder = builder;
    this.random = random;
    this.dtype = dtype;
    values.add(builder.input("x", new TensorType(dtype, Shape.parse("[N, 4]"))));
    values.add(builder.input("z", new TensorType(dtype, Shape.parse("[N, 3]"))));
  }

  /** The graph of that number, and what is fed to it: 1, 4 or no rows. */
  static OpSample of(OpRegistry ops, int seed) {
    Random random = new Random(seed);
    DType dtype = seed % 2 == 0 ? DType.F64 : DType.F32;
    GraphBuilder builder = GraphBuilder.withoutSites(ops);
    RandomGraph drawn = new RandomGraph(builder, random, dtype);
    Graph graph = drawn.graph();
    int rows = new int[] {1, 4, 0}[seed % 3];
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(input ->
            feeds.put(
                input.label(),
                Tensor.generate(
                    input.type().bind(Map.of("N", rows)), i -> random.nextDouble(-1.5, 1.5))));
    return new OpSample("graph " + seed, graph, drawn.parameters, feeds);
  }

  private Graph graph() {
    for (int i = 0; i < 12; i++) {
      values.add(step(values.get(random.nextInt(values.size()))));
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("last", values.getLast());
    outputs.put("some", values.get(random.nextInt(2, values.size())));
    return builder.graph(outputs);
  }

  private Value parameter(int... sizes) {
    String name = "w" + parameters.size();
    TensorType type = TensorType.of(dtype, sizes);
    parameters.put(name, Tensor.generate(type, i -> random.nextDouble(-1, 1)));
    return builder.parameter(name, type);
  }

  /** Of values n × k another value n × m, whose numbers stay small. */
  private Value step(Value x) {
    int width = x.shape().dim(1).size();
    int units = random.nextInt(1, 5);
    return switch (random.nextInt(20)) {
      case 0 -> x.matmul(parameter(units, width).transpose()).plus(parameter(units));
      case 1 -> x.op("einsum", Map.of("subscripts", "ij,kj->ik"), parameter(units, width));
      case 2 -> x.tanh();
      case 3 -> x.op("sigmoid").plus(x.op("softplus").times(0.1));
      case 4 -> x.op("relu").minus(0.25);
      case 5 -> x.op("softmax");
      case 6 -> x.op("log_softmax").times(0.25);
      case 7 -> x.op("gelu").plus(parameter(width));
      case 8 -> x.op("elu").times(x.op("softsign"));
      case 9 -> x.minus(x.op("mean", Map.of("axes", List.of(1), "keepdims", true)));
      case 10 -> x.over(x.square().sum(List.of(-1), true).plus(1));
      case 11 -> x.greater(0).where(x, x.op("expm1"));
      case 12 -> x.reshape(1, -1, width).sum(List.of(0), false);
      case 13 -> x.op("concat", Map.of("axis", 1), x.negate()).slice(":, 1:").op("mish");
      case 14 ->
          x.max(List.of(1), true)
              .minus(x.op("log_sum_exp", Map.of("axes", List.of(1), "keepdims", true)));
      case 15 -> x.transpose().matmul(x).transpose().sum(List.of(0), true).tanh().plus(x);
      case 16 ->
          x.op("unsqueeze", Map.of("axes", List.of(1)))
              .broadcastTo(Shape.parse("[N, 2, " + width + "]"))
              .op("flatten")
              .times(0.5);
      case 17 -> x.op("clip", Map.of("low", -0.5, "high", 0.5)).op("cumsum", Map.of("axis", 1));
      case 18 ->
          x.op("variance", Map.of("axes", List.of(1), "keepdims", true)).plus(x.abs()).log1p();
      default -> x.op("silu").plus(x.sin().times(x.cos()));
    };
  }
}
