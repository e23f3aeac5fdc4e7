package io.deltagraph.onnx.read;

import io.deltagraph.graph.Value;
import io.deltagraph.ops.Mean;
import io.deltagraph.ops.Sum;
import io.deltagraph.ops.Variance;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** NormalisationOperators, and dropout; both as in inference. */
final class NormalisationOperators {
  private static final float EPSILON = 1e-5f;

  private NormalisationOperators() {}

  static void add(Operators table) {
    table.add("BatchNormalization", NormalisationOperators::batch);
    table.add("LayerNormalization", 17, NormalisationOperators::layer);
    table.one("RMSNormalization", 23, NormalisationOperators::rootMeanSquare);
    table.one("InstanceNormalization", NormalisationOperators::instance);
    table.one("GroupNormalization", 21, NormalisationOperators::group);
    table.one("LpNormalization", NormalisationOperators::length);
    table.one("MeanVarianceNormalization", NormalisationOperators::standard);
    table.add("Dropout", NormalisationOperators::dropout);
  }

  private static double epsilon(Node node) {
    return node.attributes().number("epsilon", EPSILON);
  }

  /** In training mode by the mean and variance of the rows, which join the running ones. */
  private static List<NodeOperand> batch(Node node) {
    Value x = node.value(0);
    Value mean = node.value(3);
    Value variance = node.value(4);
    double momentum = node.attributes().number("momentum", 0.9f);
    if (!node.attributes().flag("training_mode", false)) {
      return Node.one(standardised(node, x, mean, variance));
    }
    List<Integer> others =
        IntStream.range(0, x.shape().rank()).filter(axis -> axis != 1).boxed().toList();
    Value ownMean = Mean.of(x, others, false);
    Value ownVariance = Variance.of(x, others, false, 0);
    return List.of(
        NodeOperand.of(standardised(node, x, ownMean, ownVariance)),
        NodeOperand.of(mean.times(momentum).plus(ownMean.times(1 - momentum))),
        NodeOperand.of(variance.times(momentum).plus(ownVariance.times(1 - momentum))));
  }

  private static Value standardised(Node node, Value x, Value mean, Value variance) {
    Value deviation = channels(x, variance).plus(epsilon(node)).sqrt();
    return scaled(node, x, x.minus(channels(x, mean)).over(deviation));
  }

  /** By the inputs 1 and 2, a number for each channel. */
  private static Value scaled(Node node, Value x, Value normal) {
    return normal.times(channels(x, node.value(1))).plus(channels(x, node.value(2)));
  }

  /** A number for each channel, which are the second axis. */
  private static Value channels(Value x, Value numbers) {
    int[] ones = new int[Math.max(0, x.shape().rank() - 2)];
    Arrays.fill(ones, 1);
    return numbers.reshape(numbers.shape().concat(Shape.of(ones)));
  }

  /** The mean and one over the deviation are outputs as well. */
  private static List<NodeOperand> layer(Node node) {
    Value x = node.value(0);
    node.attributes().ignore("stash_type");
    List<Integer> axes = from(node, x);
    Value mean = Mean.of(x, axes, true);
    Value inverse = Variance.of(x, axes, true, 0).plus(epsilon(node)).sqrt().reciprocal();
    Value scaled = x.minus(mean).times(inverse).times(node.value(1));
    Value result = node.optional(2).map(NodeOperand::value).map(scaled::plus).orElse(scaled);
    return List.of(NodeOperand.of(result), NodeOperand.of(mean), NodeOperand.of(inverse));
  }

  /** The axes from the attribute's on. */
  private static List<Integer> from(Node node, Value x) {
    int first = node.axis(node.attributes().integer("axis", -1), x);
    return IntStream.range(first, x.shape().rank()).boxed().toList();
  }

  private static Value rootMeanSquare(Node node) {
    Value x = node.value(0);
    node.attributes().ignore("stash_type");
    Value mean = Mean.of(x.square(), from(node, x), true);
    return x.over(mean.plus(epsilon(node)).sqrt()).times(node.value(1));
  }

  private static Value instance(Node node) {
    Value x = node.value(0);
    List<Integer> axes = IntStream.range(2, x.shape().rank()).boxed().toList();
    return scaled(node, x, normal(x, axes, epsilon(node)));
  }

  private static Value normal(Value x, List<Integer> axes, double epsilon) {
    Value deviation = Variance.of(x, axes, true, 0).plus(epsilon).sqrt();
    return x.minus(Mean.of(x, axes, true)).over(deviation);
  }

  private static Value group(Node node) {
    Value x = node.value(0);
    node.attributes().ignore("stash_type");
    int groups = Shapes.count(node, node.attributes().integer("num_groups"));
    int rank = x.shape().rank();
    if (rank < 2 || groups == 0 || ViewOperators.size(node, x, 1) % groups != 0) {
      throw node.refuse(
          groups + " groups of " + x.type(), "equal groups of the second axis", FilePlace.AGAIN);
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.set(1, Dim.of(ViewOperators.size(node, x, 1) / groups));
    dims.add(1, Dim.of(groups));
    Value parts = x.reshape(Shape.of(dims));
    List<Integer> axes = IntStream.range(2, rank + 1).boxed().toList();
    return scaled(node, x, normal(parts, axes, epsilon(node)).reshape(x.shape()));
  }

  /** By the sum of the magnitudes, or the root of that of the squares; 0 stays 0. */
  private static Value length(Node node) {
    Value x = node.value(0);
    List<Integer> axis = List.of(ActivationOperators.axis(node));
    long power = node.attributes().integer("p", 2);
    if (power != 1 && power != 2) {
      throw node.refuse("a norm of " + power, "1 or 2", FilePlace.AGAIN);
    }
    Value length = power == 1 ? Sum.of(x.abs(), axis, true) : Sum.of(x.square(), axis, true).sqrt();
    return length.equal(length.constant(0)).where(x.constant(0), x.over(length));
  }

  private static Value standard(Node node) {
    Value x = node.value(0);
    List<Long> axes = node.attributes().integers("axes").orElse(List.of(0L, 2L, 3L));
    List<Integer> folded = node.axes(axes, x);
    Value shifted = x.minus(Mean.of(x, folded, true));
    Value deviation = Variance.of(x, folded, true, 0).sqrt();
    return shifted.over(deviation.plus(1e-9));
  }

  /** Everything is kept. */
  private static List<NodeOperand> dropout(Node node) {
    Value x = node.value(0);
    node.attributes().ignore("seed");
    boolean rate = node.optional(1).isPresent();
    boolean trains = node.optional(2).isPresent() && node.number(2) != 0;
    if (trains && (!rate || node.number(1) != 0)) {
      throw node.refuse(
          "dropout in training mode", "one as in inference", "export the model in inference");
    }
    Tensor all = Tensor.filled(TensorType.scalar(DType.BOOL), 1);
    return List.of(
        NodeOperand.of(x), NodeOperand.of(node.builder().constant(all).broadcastTo(x.shape())));
  }
}
