package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.read.OnnxImport;
import io.deltagraph.onnx.read.OnnxModel;
import io.deltagraph.onnx.write.OnnxExport;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms in ONNX that a jar brings for its own ops: written with it, and read back with it. */
class PluginFormsTest {
  /** Loops, of which no one but their author knows what they are in ONNX. */
  private static final String KERNEL =
      """
      public final class %s implements Kernel<NoAttributes> {
        @Override public OpId id() { return OpId.of("%s"); }
        @Override public OpSignature signature() { return OpSignature.of("x"); }
        @Override public TensorType infer(NoAttributes none, InputTypes x) { return x.get(0); }
        @Override public void forward(
            NoAttributes none, List<TensorReader> x, TensorWriter output) {
          for (int i = 0; i < output.length(); i++) {
            output.set(i, 3 * x.get(0).get(i) - 1);
          }
        }
        @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) {
          return at.flat("it is for predictions alone");
        }
      }
      """;

  private static final String FORMS =
      """
      public final class Forms implements io.deltagraph.exchange.OnnxForms {
        @Override public Map<OpId, io.deltagraph.exchange.OnnxForm> forms() {
          return Map.of(
              OpId.of("acme:affine"), Forms::affine,
              OpId.of("acme:rounded"),
              node -> List.of(node.write("BitShift", Map.of(), node.input(0))));
        }

        private static List<String> affine(io.deltagraph.exchange.OnnxNode node) {
          TensorType scalar = TensorType.scalar(node.type(0).dtype());
          String three = node.constant(Tensor.filled(scalar, 3));
          String one = node.constant(Tensor.filled(scalar, 1));
          return List.of(
              node.write("Sub", Map.of(), node.write("Mul", Map.of(), node.input(0), three), one));
        }
      }
      """;

  @TempDir private Path folder;

  private Path ops() throws IOException {
    return new PluginJar(folder, "acme-ops")
        .op("com.acme.Affine", KERNEL.formatted("Affine", "acme:affine"))
        .op("com.acme.Rounded", KERNEL.formatted("Rounded", "acme:rounded"))
        .write();
  }

  private Path forms() throws IOException {
    return new PluginJar(folder, "acme-forms")
        .of(OnnxForms.class)
        .op("com.acme.onnx.Forms", FORMS)
        .write();
  }

  private static Graph graph(OpRegistry ops, String name) {
    GraphBuilder builder = new GraphBuilder(ops);
    Value x = builder.input("x", new TensorType(DType.F64, Shape.parse("[N]")));
    return builder.graph(Map.of("y", x.op(name)));
  }

  private static OnnxModel read(OpRegistry ops, byte[] file) throws OnnxException {
    OnnxModel model = OnnxImport.with(ops).read("a.onnx", file);
    assertThat(model.trained().predict(Map.of("x", Tensor.vector(0.5, 2))).get("y").toDoubles())
        .containsExactly(0.5, 5);
    return model;
  }

  private static List<String> names(OnnxModel model) {
    return model.graph().nodes().stream()
        .filter(Apply.class::isInstance)
        .map(value -> ((Apply) value).op().id().name())
        .toList();
  }

  @Test
  void anOpOfAJarIsReadBackWhereItsFormsAre() throws IOException {
    OpRegistry with = OpRegistry.load(List.of(ops(), forms()), any -> true);
    byte[] file = OnnxExport.of(graph(with, "acme:affine"), Map.of(), Opset.USUAL).bytes();
    assertThat(names(read(with, file))).containsExactly("acme:affine");
    OpRegistry withoutForms = OpRegistry.load(List.of(ops()), any -> true);
    assertThat(names(read(withoutForms, file))).containsExactly("hadamard", "subtract");
    assertThat(names(read(OpRegistry.load(), file))).containsExactly("hadamard", "subtract");
  }

  @Test
  void anOperatorThatIsOtherwiseNotReadIsOneOfAJarsOps() throws IOException {
    OpRegistry with = OpRegistry.load(List.of(ops(), forms()), any -> true);
    byte[] file = OnnxExport.of(graph(with, "acme:rounded"), Map.of(), Opset.USUAL).bytes();
    assertThat(names(read(with, file))).containsExactly("acme:rounded");
    assertThatThrownBy(() -> read(OpRegistry.load(), file))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("(BitShift): found an operator that is not read here");
  }

  @Test
  void anOpWithoutAFormIsRefusedByName() throws IOException {
    OpRegistry withoutForms = OpRegistry.load(List.of(ops()), any -> true);
    assertThatThrownBy(
            () -> OnnxExport.of(graph(withoutForms, "acme:affine"), Map.of(), Opset.USUAL))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("the op acme:affine, which has no form in ONNX: it is a kernel")
        .hasMessageEndingWith(
            "leave it out of what is exported, or let its module provide OnnxForms.");
  }
}
