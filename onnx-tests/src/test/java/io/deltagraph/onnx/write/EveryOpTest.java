package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Map;
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
  void theOpMeansTheSameThere(String name) {
    Op<?> op = OPS.op(OpId.of(name));
    for (Case sample : OpCases.of(op)) {
      for (DType dtype : List.of(DType.F64, DType.F32)) {
        OpSample of = OpSample.of(OPS, op, sample, dtype);
        String refusal = OpCases.REFUSED.get(name);
        if (refusal == null) {
          for (int opset : List.of(16, 18, 21)) {
            agrees(of, new Opset(opset));
          }
        } else {
          assertThatThrownBy(() -> file(of, Opset.USUAL))
              .isInstanceOf(OnnxException.class)
              .hasMessageContaining("the op " + name + ", which has no form in ONNX: " + refusal);
        }
      }
    }
  }

  private static void agrees(OpSample sample, Opset opset) {
    String label = sample.label() + " at opset " + opset.version();
    Map<String, Tensor> ours;
    try (Session session = Session.open(sample.graph())) {
      ours = session.run(sample.feeds());
    }
    Map<String, Object> theirs;
    try {
      theirs = Agreement.run(file(sample, opset), sample.feeds());
    } catch (OnnxException e) {
      throw new AssertionError(label, e);
    }
    ours.forEach((name, tensor) ->
        assertThat(Agreement.gap(tensor, theirs.get(name)))
            .as(label + ": " + tensor + " " + theirs.get(name))
            .isLessThanOrEqualTo(Agreement.bound(tensor.type().dtype())));
  }

  private static byte[] file(OpSample sample, Opset opset) throws OnnxException {
    return OnnxExport.of(sample.graph(), Map.of(), opset).bytes();
  }
}
