package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Sampler;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in op agrees with ONNX Runtime in f64 and f32, or is refused by name. */
class EveryOpTest {
  private static final OpRegistry OPS = OpRegistry.load();

  static List<String> ops() {
    return OPS.ids().stream().map(OpId::name).toList();
  }

  @ParameterizedTest
  @MethodSource("ops")
  void theOpMeansTheSameThere(String name) throws OnnxException {
    Op<?> op = OPS.op(OpId.of(name));
    for (Case sample : OpCases.of(op)) {
      for (DType dtype : List.of(DType.F64, DType.F32)) {
        Sample of = new Sample(op, sample, dtype);
        String refusal = OpCases.REFUSED.get(name);
        if (refusal == null) {
          for (int opset : List.of(16, 18, 21)) {
            of.agrees(new Opset(opset));
          }
        } else {
          assertThatThrownBy(() -> of.file(Opset.USUAL))
              .isInstanceOf(OnnxException.class)
              .hasMessageContaining("the op " + name + ", which has no form in ONNX: " + refusal);
        }
      }
    }
  }

  /** One op on drawn inputs. */
  private static final class Sample {
    private final String label;
    private final Graph graph;
    private final Map<String, Tensor> feeds = new LinkedHashMap<>();

    Sample(Op<?> op, Case sample, DType dtype) {
      label = op.id() + " " + sample + " in " + dtype;
      GraphBuilder builder = new GraphBuilder(OPS);
      Random random = new Random(label.hashCode());
      List<Value> inputs = new ArrayList<>();
      for (int i = 0; i < sample.inputs().size(); i++) {
        TensorType given = sample.inputs().get(i);
        TensorType type = given.dtype() == DType.F64 ? given.with(dtype) : given;
        inputs.add(builder.input("x" + i, type));
        Sampler sampler = sample.samplers().getOrDefault(i, Sampler.uniform(-3, 3));
        feeds.put("x" + i, sampler.sample(type.bind(sample.sizes()), random));
      }
      Tuple tuple = builder.tuple(op.id(), sample.attributes(), inputs);
      Map<String, Value> outputs = new LinkedHashMap<>();
      tuple.parts().forEach(part -> outputs.put("y" + part.index(), part));
      graph = builder.graph(outputs);
    }

    OnnxFile file(Opset opset) throws OnnxException {
      return OnnxExport.of(graph, Map.of(), opset);
    }

    void agrees(Opset opset) throws OnnxException {
      Map<String, Tensor> ours;
      try (Session session = Session.open(graph)) {
        ours = session.run(feeds);
      }
      Map<String, Object> theirs;
      try {
        theirs = Agreement.run(file(opset).bytes(), feeds);
      } catch (OnnxException e) {
        throw new AssertionError(label + " at opset " + opset.version(), e);
      }
      ours.forEach((name, tensor) ->
          assertThat(Agreement.gap(tensor, theirs.get(name)))
              .as(label + " at opset " + opset.version() + ": " + tensor + " " + theirs.get(name))
              .isLessThanOrEqualTo(Agreement.bound(tensor.type().dtype())));
    }
  }
}
