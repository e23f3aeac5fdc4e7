package io.deltagraph.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.write.OnnxExport;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A noted op is taken back where the nodes are what it is written as, and never elsewhere. */
class NotedOpsTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final Tensor X =
      Tensor.matrix(new double[] {0.5, -0.25, 3}, new double[] {1, 2, 4});

  private static ModelProto.Builder file(UnaryOperator<Value> of) throws Exception {
    GraphBuilder builder = GraphBuilder.withoutSites(OPS);
    Value x = builder.input("x", new TensorType(DType.F64, Shape.parse("[N, 3]")));
    Graph graph = builder.graph(Map.of("y", of.apply(x)));
    return ModelProto.parseFrom(OnnxExport.of(graph, Map.of(), Opset.USUAL).bytes()).toBuilder();
  }

  private static OnnxModel read(ModelProto.Builder file) throws OnnxException {
    return OnnxImport.with(OPS).read("a.onnx", file.build().toByteArray());
  }

  private static List<String> ops(OnnxModel model) {
    return model.graph().nodes().stream()
        .filter(Apply.class::isInstance)
        .map(value -> ((Apply) value).op().id().name())
        .toList();
  }

  private static double first(OnnxModel model) {
    return model.trained().predict(Map.of("x", X)).get("y").get(0);
  }

  /** The file with its only noted node changed. */
  private static ModelProto.Builder noted(ModelProto.Builder file, Consumer<NodeProto.Builder> to) {
    GraphProto.Builder graph = file.getGraphBuilder();
    List<NodeProto.Builder> noted =
        graph.getNodeBuilderList().stream().filter(node -> !node.getDocString().isEmpty()).toList();
    assertThat(noted).hasSize(1);
    to.accept(noted.getFirst());
    return file;
  }

  @Test
  void anOpOfSeveralNodesComesBackWithItsAttributes() throws Exception {
    OnnxModel logarithm = read(file(Value::log1p));
    assertThat(ops(logarithm)).containsExactly("log1p");
    assertThat(first(logarithm)).isEqualTo(Math.log1p(0.5));
    OnnxModel variance =
        read(file(x -> x.op("variance", Map.of("axes", List.of(0), "correction", 1))));
    assertThat(ops(variance)).containsExactly("variance");
    assertThat(first(variance)).isEqualTo(0.125);
    OnnxModel sorted = read(file(x -> x.op("sort", Map.of("axis", 0, "descending", true))));
    assertThat(ops(sorted)).containsExactly("sort");
    assertThat(first(sorted)).isEqualTo(1);
  }

  @Test
  void withoutTheNoteTheNodesMeanWhatOnnxSays() throws Exception {
    OnnxModel model = read(noted(file(Value::log1p), NodeProto.Builder::clearDocString));
    assertThat(ops(model)).contains("log", "where").doesNotContain("log1p");
    assertThat(first(model)).isBetween(0.405465108108164, 0.405465108108165);
  }

  @Test
  void aNoteThatLiesIsNotBelieved() throws Exception {
    List<String> lies =
        List.of(
            "deltagraph op expm1\nfrom x\nto y",
            "deltagraph op exp\nfrom x\nto y",
            "deltagraph op log1p\nfrom x\nto y\nwith axis 1",
            "deltagraph op log1p\nfrom y\nto x",
            "deltagraph op log1p\nfrom nothing\nto y",
            "deltagraph op log1p\nfrom x\nfrom x\nto y",
            "deltagraph op log1p\nfrom x\nto y\nto y",
            "deltagraph op acme:log1p\nfrom x\nto y",
            "deltagraph op Log 1 p\nfrom x\nto y",
            "deltagraph op random_uniform\nfrom x\nto y",
            "deltagraph op broadcast_to\nfrom x\nto y\nwith shape \"[2147483647, N, 3]\"");
    for (String lie : lies) {
      OnnxModel model = read(noted(file(Value::log1p), node -> node.setDocString(lie)));
      assertThat(ops(model)).as(lie).contains("log").doesNotContain("log1p", "exp", "expm1");
      assertThat(first(model)).as(lie).isBetween(0.405465108108164, 0.405465108108165);
    }
  }

  @Test
  void changedNodesMeanWhatTheyHaveBecome() throws Exception {
    ModelProto.Builder other = file(Value::log1p);
    for (NodeProto.Builder node : other.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("Log")) {
        node.setOpType("Exp");
      }
    }
    assertThat(ops(read(other))).contains("exp").doesNotContain("log1p");
    ModelProto.Builder constants = file(Value::log1p);
    for (TensorProto.Builder tensor : constants.getGraphBuilder().getInitializerBuilderList()) {
      tensor.clearRawData().addDoubleData(2);
    }
    assertThat(ops(read(constants))).contains("log").doesNotContain("log1p");
    ModelProto.Builder swapped = file(x -> x.op("expm1"));
    for (NodeProto.Builder node : swapped.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("Sub")) {
        String left = node.getInput(0);
        node.setInput(0, node.getInput(1)).setInput(1, left);
      }
    }
    assertThat(ops(read(swapped))).contains("exp").doesNotContain("expm1");
    ModelProto.Builder ascending = file(x -> x.op("sort", Map.of("axis", 0, "descending", true)));
    for (NodeProto.Builder node : ascending.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("TopK")) {
        node.removeAttribute(1).addAttribute(Made.integer("largest", 0));
      }
    }
    assertThatThrownBy(() -> read(ascending))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("(TopK): found an input 1");
  }

  @Test
  void whatIsReadByItsNoteAloneIsRefusedWithout() throws Exception {
    assertThatThrownBy(() ->
            read(
                noted(
                    file(x -> x.op("sort", Map.of("axis", 0))), NodeProto.Builder::clearDocString)))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("(TopK): found an input 1, i64[1], that only a run knows");
    assertThatThrownBy(() ->
            read(
                noted(
                    file(x -> x.op("sort", Map.of("axis", 0))),
                    node -> node.setDocString("deltagraph op sort\nfrom x\nto y\nwith axis 1"))))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("(TopK): found an input 1, i64[1], that only a run knows");
  }
}
