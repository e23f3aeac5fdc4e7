package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Graphs of a dozen random ops over N rows agree with ONNX Runtime, whatever N is. */
class RandomGraphsTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int GRAPHS = 200;

  /** Set this to the number of a graph to run that one alone. */
  private static final String ALONE = "deltagraph.onnx.graph";

  @Test
  void randomGraphsMeanTheSameThere() throws Exception {
    Integer alone = Integer.getInteger(ALONE);
    for (int seed = 0; seed < GRAPHS; seed++) {
      if (alone == null || alone == seed) {
        agrees(seed);
      }
    }
  }

  private static void agrees(int seed) throws Exception {
    Random random = new Random(seed);
    DType dtype = seed % 2 == 0 ? DType.F64 : DType.F32;
    GraphBuilder builder = GraphBuilder.withoutSites(OPS);
    Drawn drawn = new Drawn(builder, random, dtype);
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
    String replay = "mvn -pl onnx-tests test -D%s=%d".formatted(ALONE, seed);
    Map<String, Tensor> ours;
    try (Session session = Session.open(graph)) {
      ours = session.setAll(drawn.parameters).run(feeds);
    }
    Map<String, Object> theirs;
    byte[] file;
    try {
      file = OnnxExport.of(graph, drawn.parameters, Opset.USUAL).bytes();
      theirs = Agreement.run(file, feeds);
    } catch (OnnxException e) {
      throw new AssertionError(replay, e);
    }
    ours.forEach((name, tensor) ->
        assertThat(Agreement.gap(tensor, theirs.get(name)))
            .as(replay + ": " + name + " " + graph.nodes())
            .isLessThanOrEqualTo(dtype == DType.F64 ? 1e-11 : 2e-5));
    List<String> names =
        ModelProto.parseFrom(file).getGraph().getNodeList().stream()
            .map(NodeProto::getName)
            .toList();
    assertThat(names).as(replay).doesNotHaveDuplicates().doesNotContain("");
  }

  /** A graph in the making: every step takes what is there already. */
  private static final class Drawn {
    private final GraphBuilder builder;
    private final Random random;
    private final DType dtype;
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final List<Value> values = new ArrayList<>();

    Drawn(GraphBuilder builder, Random random, DType dtype) {
      this.builder = builder;
      this.random = random;
      this.dtype = dtype;
      values.add(builder.input("x", new TensorType(dtype, Shape.parse("[N, 4]"))));
      values.add(builder.input("z", new TensorType(dtype, Shape.parse("[N, 3]"))));
    }

    Graph graph() {
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
}
