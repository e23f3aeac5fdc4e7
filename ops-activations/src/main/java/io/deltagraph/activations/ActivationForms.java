package io.deltagraph.activations;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.exchange.OnnxForm;
import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.exchange.OnnxNode;
import io.deltagraph.graph.OpId;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Map;

/**
 * The activations that ONNX has itself. Where a runtime lacks an op for f64, or its attribute is an
 * f32 in the file, the form is that of the lane expression.
 */
public final class ActivationForms implements OnnxForms {
  /** Gelu came to ONNX with this version. */
  private static final int HAS_GELU = 20;

  @Override
  public Map<OpId, OnnxForm> forms() {
    return ImmutableMap.<OpId, OnnxForm>builder()
        .put(OpId.of("relu"), node -> own(node, "Relu", Map.of()))
        .put(OpId.of("sigmoid"), ActivationForms::sigmoid)
        .put(OpId.of("softmax"), ActivationForms::softmax)
        .put(OpId.of("log_softmax"), ActivationForms::logSoftmax)
        .put(OpId.of("softplus"), node -> single(node, "Softplus", Map.of()))
        .put(OpId.of("log_sigmoid"), ActivationForms::logSigmoid)
        .put(OpId.of("gelu"), ActivationForms::gelu)
        .put(OpId.of("elu"), node -> single(node, "Elu", alpha(node)))
        .put(OpId.of("leaky_relu"), node -> single(node, "LeakyRelu", alpha(node)))
        .buildOrThrow();
  }

  private static List<String> own(OnnxNode node, String operator, Map<String, ?> attributes) {
    return List.of(node.write(operator, attributes, node.input(0)));
  }

  /** In f32 as ONNX's own op. */
  private static List<String> single(OnnxNode node, String operator, Map<String, ?> attributes) {
    return node.type(0).dtype() == DType.F32 ? own(node, operator, attributes) : node.byKind();
  }

  private static Map<String, ?> alpha(OnnxNode node) {
    return Map.of(
        "alpha",
        node.attributes(Record.class) instanceof Elu.Depth(double depth)
            ? depth
            : node.attributes(LeakyRelu.Leak.class).alpha());
  }

  private static List<String> sigmoid(OnnxNode node) {
    return node.attributes(Sigmoid.Slope.class).slope() == 1
        ? own(node, "Sigmoid", Map.of())
        : node.byKind();
  }

  private static Map<String, ?> axis(OnnxNode node, int axis) {
    return Map.of("axis", node.type(0).shape().axis(axis));
  }

  private static List<String> softmax(OnnxNode node) {
    Softmax.Along along = node.attributes(Softmax.Along.class);
    return along.temperature() == 1
        ? own(node, "Softmax", axis(node, along.axis()))
        : node.byKind();
  }

  private static List<String> logSoftmax(OnnxNode node) {
    return own(node, "LogSoftmax", axis(node, node.attributes(LogSoftmax.Along.class).axis()));
  }

  /** {@code −ln(1 + e^−x)}. */
  private static List<String> logSigmoid(OnnxNode node) {
    if (node.type(0).dtype() != DType.F32) {
      return node.byKind();
    }
    String opposite = node.write("Neg", Map.of(), node.input(0));
    String softplus = node.write("Softplus", Map.of(), opposite);
    return List.of(node.write("Neg", Map.of(), softplus));
  }

  private static List<String> gelu(OnnxNode node) {
    String form = node.attributes(Gelu.Form.class).approximate();
    return node.opset() >= HAS_GELU
        ? single(node, "Gelu", Map.of("approximate", form))
        : node.byKind();
  }
}
