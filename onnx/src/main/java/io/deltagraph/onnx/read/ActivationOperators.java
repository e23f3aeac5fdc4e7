package io.deltagraph.onnx.read;

import io.deltagraph.activations.Elu;
import io.deltagraph.activations.Gelu;
import io.deltagraph.activations.LeakyRelu;
import io.deltagraph.activations.LogSoftmax;
import io.deltagraph.activations.Mish;
import io.deltagraph.activations.Prelu;
import io.deltagraph.activations.Relu;
import io.deltagraph.activations.Selu;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Silu;
import io.deltagraph.activations.Softmax;
import io.deltagraph.activations.Softplus;
import io.deltagraph.activations.Softsign;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;

/**
 * ActivationOperators. Their attributes are single precision in ONNX, and so are the defaults here.
 */
final class ActivationOperators {
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_GAMMA = 1.050701f;

  private ActivationOperators() {}

  static void add(Operators table) {
    table.unary("Relu", x -> x.dtype().isFloat() ? Relu.of(x) : x.maximum(0));
    table.unary("Sigmoid", Sigmoid::of);
    table.unary("Softplus", Softplus::of);
    table.unary("Softsign", Softsign::of);
    table.unary("Mish", Mish::of);
    table.binary("PRelu", Prelu::of);
    table.one("Elu", node -> Elu.of(node.value(0), number(node, "alpha", 1)));
    table.one("LeakyRelu", node -> LeakyRelu.of(node.value(0), number(node, "alpha", 0.01f)));
    table.one("Selu", ActivationOperators::selu);
    table.one("Celu", ActivationOperators::celu);
    table.one("Gelu", 20, ActivationOperators::gelu);
    table.one("Swish", 24, node -> swish(node.value(0), number(node, "alpha", 1)));
    table.one(
        "SwiGLU", 28, node -> swish(node.value(0), number(node, "alpha", 1)).times(node.value(1)));
    table.one("HardSigmoid", ActivationOperators::hardSigmoid);
    table.unary("HardSwish", x -> x.times(hard(x, 1 / 6.0, 0.5)));
    table.one("ThresholdedRelu", ActivationOperators::thresholded);
    table.one("Shrink", ActivationOperators::shrink);
    table.one("Softmax", node -> Softmax.of(node.value(0), axis(node)));
    table.one("LogSoftmax", node -> LogSoftmax.of(node.value(0), axis(node)));
  }

  private static double number(Node node, String name, float fallback) {
    return node.attributes().number(name, fallback);
  }

  /** The axis that an activation takes together, by default the last. */
  static int axis(Node node) {
    return node.axis(node.attributes().integer("axis", -1), node.value(0));
  }

  /** In f64 ONNX's constants, rounded to single precision, are others than ours. */
  private static Value selu(Node node) {
    Value x = node.value(0);
    double alpha = number(node, "alpha", SELU_ALPHA);
    double gamma = number(node, "gamma", SELU_GAMMA);
    if (x.dtype() == DType.F32 && alpha == SELU_ALPHA && gamma == SELU_GAMMA) {
      return Selu.of(x);
    }
    return x.greater(0).where(x, x.expm1().times(alpha)).times(gamma);
  }

  private static Value celu(Node node) {
    Value x = node.value(0);
    double alpha = number(node, "alpha", 1);
    Value left = x.over(alpha).expm1().times(alpha).minimum(0);
    return x.maximum(0).plus(left);
  }

  private static Value gelu(Node node) {
    Value x = node.value(0);
    return ElementwiseOperators.word(node, "approximate", "none", "tanh").equals("none")
        ? Gelu.of(x)
        : Gelu.approximate(x);
  }

  private static Value swish(Value x, double alpha) {
    return alpha == 1 ? Silu.of(x) : x.times(Sigmoid.of(x.times(alpha)));
  }

  private static Value hardSigmoid(Node node) {
    double alpha = number(node, "alpha", 0.2f);
    double beta = number(node, "beta", 0.5f);
    return hard(node.value(0), alpha, beta);
  }

  private static Value hard(Value x, double alpha, double beta) {
    return x.times(alpha).plus(beta).minimum(1).maximum(0);
  }

  private static Value thresholded(Node node) {
    Value x = node.value(0);
    return x.greater(number(node, "alpha", 1)).where(x, x.constant(0));
  }

  private static Value shrink(Node node) {
    Value x = node.value(0);
    double lambda = number(node, "lambd", 0.5f);
    double bias = number(node, "bias", 0);
    Value right = x.greater(lambda).where(x.minus(bias), x.constant(0));
    return x.less(-lambda).where(x.plus(bias), right);
  }
}
