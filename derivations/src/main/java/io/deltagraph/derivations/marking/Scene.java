package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.Program;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A net in f64 with the gradients of its loss by automatic differentiation, and the batches that
 * lines are compared on: random weights and rows of the data, drawn again where there are few, in
 * numbers that are no width of the net. From the second batch on the numbers of the rows vary, so
 * that data of zeros and ones, or of equal columns, makes no wrong line right.
 */
final class Scene {
  private static final int[] SIZES = {7, 5, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43};
  private static final int BATCHES = 2;
  private static final List<Draw> DRAWS =
      List.of(
          new Draw(1, 0),
          new Draw(0.3, 0.5),
          new Draw(0.1, 0.5),
          new Draw(0.02, 0.5),
          new Draw(0.02, 0));
  private static final Map<String, String> ON_ACTIVATIONS =
      Map.of(
          "softmax_cross_entropy",
          "categorical_cross_entropy",
          "binary_cross_entropy_with_logits",
          "binary_cross_entropy",
          "sparse_softmax_cross_entropy",
          "negative_log_likelihood");

  private final Network network;
  private final Map<Value, Value> gradients = new LinkedHashMap<>();
  private final List<Map<String, Tensor>> batches;
  private final Optional<Value> lastActivationGradient;
  private final double learningRate;

  Scene(
      NetworkPlan plan,
      OpLookup ops,
      Tensor inputs,
      Tensor targets,
      double learningRate,
      long seed) {
    network = Network.build(plan.in(DType.F64), ops, Seeds.of(seed));
    this.learningRate = learningRate;
    List<Value> wrt = new ArrayList<>();
    wrt.add(network.inputs());
    for (Layer layer : network.layers()) {
      wrt.add(layer.preActivation());
      wrt.add(layer.activation());
    }
    wrt.addAll(network.parameters());
    Gradient found = Gradient.of(network.loss(), wrt.stream().distinct().toList());
    wrt.forEach(value -> gradients.put(value, found.wrt(value)));
    lastActivationGradient = lastActivation();
    batches = finite(inputs, targets, Seeds.of(seed).derive("mark"));
  }

  /** Of the cost as a function of the last activation, even where the net's takes logits. */
  private Optional<Value> lastActivation() {
    String loss = network.plan().loss().op();
    Value outputs = network.outputs();
    String written = ON_ACTIVATIONS.get(loss);
    boolean takesLogits =
        network
            .inputs()
            .builder()
            .ops()
            .op(network.plan().loss().id())
            .signature()
            .input(0)
            .role()
            .isLogits();
    if (!takesLogits) {
      return Optional.of(Gradient.of(network.loss(), List.of(outputs)).wrt(outputs));
    }
    if (written == null) {
      return Optional.empty();
    }
    Value estimate = written.equals("negative_log_likelihood") ? outputs.log() : outputs;
    try {
      Value cost = estimate.op(written, network.plan().loss().attributes(), network.targets());
      return Optional.of(Gradient.of(cost, List.of(outputs)).wrt(outputs));
    } catch (GraphException e) {
      return Optional.empty();
    }
  }

  /**
   * How weights and biases are drawn.
   *
   * @param scale how large, beside the usual size
   * @param center of biases
   */
  private record Draw(double scale, double center) {}

  /** The first draw at which everything is finite: functions such as a logit have a domain. */
  private List<Map<String, Tensor>> finite(Tensor inputs, Tensor targets, Seeds seeds) {
    List<Value> all = new ArrayList<>(gradients.values());
    all.add(network.loss());
    List<Value> asked = all.stream().map(value -> value.sum()).toList();
    for (Draw draw : DRAWS) {
      List<Map<String, Tensor>> drawn = batches(inputs, targets, seeds, draw);
      try (Program program = Program.plain(asked, drawn.getFirst().keySet())) {
        boolean finite =
            drawn.stream()
                .flatMap(batch -> program.run(batch).stream())
                .allMatch(sum -> Double.isFinite(sum.item()));
        if (finite) {
          return drawn;
        }
      }
    }
    return batches(inputs, targets, seeds, DRAWS.getFirst());
  }

  private List<Map<String, Tensor>> batches(Tensor inputs, Tensor targets, Seeds seeds, Draw draw) {
    Set<Integer> widths = new TreeSet<>();
    widths.add(network.plan().features());
    widths.add(network.plan().outputs());
    network.plan().layers().stream().map(LayerPlan::units).forEach(widths::add);
    int[] sizes =
        IntStream.concat(Arrays.stream(SIZES), IntStream.iterate(47, size -> size + 1))
            .filter(size -> !widths.contains(size))
            .limit(BATCHES)
            .toArray();
    List<Map<String, Tensor>> made = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      made.add(batch(sizes[i], inputs, targets, seeds.derive("batch", i), draw, i > 0));
    }
    return ImmutableList.copyOf(made);
  }

  /** Within the range of the data, but none like another: such data may be all 0 and 1. */
  private static Tensor varied(Tensor numbers, RandomStream random) {
    return Tensor.generate(numbers.type(), i -> numbers.get(i) * random.nextDouble(0.6, 1));
  }

  /** Whether the targets are numbers, and no classes or events. */
  private boolean takesAnyTargets() {
    OpId loss = network.plan().loss().id();
    OpSignature signature = network.inputs().builder().ops().op(loss).signature();
    return signature.input(0).role() == OpSignature.Role.ESTIMATES
        && network.targets().dtype().isFloat();
  }

  /** Rows of the data; with {@code varied} numbers, none of which is like another. */
  private Map<String, Tensor> batch(
      int size, Tensor inputs, Tensor targets, Seeds seeds, Draw draw, boolean varied) {
    RandomStream random = seeds.stream();
    int count = inputs.type().shape().dim(0).size();
    int[] rows = new int[size];
    int[] order = random.permutation(count);
    for (int i = 0; i < size; i++) {
      rows[i] = order[i % count];
    }
    Map<String, Tensor> point = new HashMap<>();
    Tensor features = inputs.rows(rows).cast(DType.F64);
    point.put(network.inputs().label(), varied ? varied(features, random) : features);
    Tensor chosen = targets.rows(rows).cast(network.targets().dtype());
    point.put(
        network.targets().label(), varied && takesAnyTargets() ? varied(chosen, random) : chosen);
    for (GraphParameter parameter : network.parameters()) {
      double scale =
          parameter.type().rank() == 2 ? 1 / Math.sqrt(parameter.shape().dim(1).size()) : 0.5;
      double shift =
          switch (parameter.type().rank()) {
            case 0 -> 1;
            case 1 -> draw.center();
            default -> 0;
          };
      point.put(
          parameter.label(),
          Tensor.generate(
              parameter.type(), i -> shift + draw.scale() * scale * random.nextGaussian()));
    }
    return point;
  }

  Network network() {
    return network;
  }

  NetworkPlan plan() {
    return network.plan();
  }

  int depth() {
    return network.layers().size();
  }

  List<Map<String, Tensor>> batches() {
    return batches;
  }

  double learningRate() {
    return learningRate;
  }

  /** What layer {@code l} puts out. */
  Value activation(int l) {
    return l == depth() ? network.outputs() : network.layers().get(l - 1).activation();
  }

  Value preActivation(int l) {
    return network.layers().get(l - 1).preActivation();
  }

  /** What has a name in derivations: values on the way, and their gradients. */
  Set<Value> values() {
    Set<Value> all = new HashSet<>(gradients.keySet());
    all.addAll(gradients.values());
    return all;
  }

  /** The gradient of the loss with respect to an input, a parameter or a pre-activation. */
  Value gradient(Value value) {
    return requireNonNull(gradients.get(value));
  }

  /** The gradient with respect to an activation; of the last, that of the cost written on it. */
  Optional<Value> activationGradient(int l) {
    return l == depth() ? lastActivationGradient : Optional.of(gradient(activation(l)));
  }

  /** The number of samples in a batch. */
  int rows(int batch) {
    return requireNonNull(batches.get(batch).get(network.inputs().label()))
        .type()
        .shape()
        .dim(0)
        .size();
  }

  /** The number of samples. */
  Value samples() {
    return network.inputs().elementCount(List.of(0));
  }
}
