package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.models.Pairing;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A net drawn from a seed, with numbers for all of its inputs and parameters. */
public record GeneratedNet(NetworkPlan plan, Network network, Map<String, Tensor> numbers) {
  private static final int ROWS = 5; // none of the widths below
  private static final List<String> ACTIVATIONS =
      List.of(
          "identity",
          "linear",
          "sigmoid",
          "tanh",
          "relu",
          "leaky_relu",
          "prelu",
          "elu",
          "selu",
          "gelu",
          "silu",
          "mish",
          "softplus",
          "softsign",
          "log_sigmoid",
          "softmax",
          "log_softmax",
          "logit",
          "heaviside",
          "sign");

  /** The net of a seed; seeds next to each other go through all losses. */
  public static GeneratedNet of(OpRegistry ops, int seed) {
    RandomStream random = Seeds.of(seed).stream();
    List<OpId> losses = Pairing.losses(ops, 3);
    OpId loss = losses.get(seed % losses.size());
    OpSignature.Role role = ops.op(loss).signature().input(0).role();
    boolean reference = role == OpSignature.Role.CLASS_LOGITS && random.nextInt(3) == 0;
    boolean classes = role.name().startsWith("CLASS");
    int outputs = classes || random.nextInt(3) > 0 ? 3 : 1;
    String last =
        switch (role) {
          case EVENT_PROBABILITIES -> outputs > 1 && random.nextInt(3) == 0 ? "softmax" : "sigmoid";
          case MARGINS -> random.nextInt(2) == 0 ? "identity" : "tanh"; // of both signs, no kink
          case CLASS_PROBABILITIES -> random.nextInt(3) == 0 ? "sigmoid" : "softmax";
          case CLASS_LOG_PROBABILITIES -> "log_softmax";
          case CLASS_LOGITS -> "softmax";
          case EVENT_LOGITS -> random.nextInt(2) == 0 ? "sigmoid" : "tanh";
          case ANY, ESTIMATES, TARGETS, SIGNS, CLASSES -> any(random);
        };
    List<LayerPlan> layers = new ArrayList<>();
    int depth = random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      layers.add(layer(2 + random.nextInt(3), any(random), random));
    }
    layers.add(layer(reference ? outputs - 1 : outputs, last, random));
    Map<String, Object> reduction =
        ops.op(loss).schema().attributes().stream().anyMatch(a -> a.name().equals("reduction"))
            ? Map.of("reduction", List.of("sum", "mean", "mean_all").get(random.nextInt(3)))
            : Map.of();
    double l2 = random.nextInt(3) == 0 ? 0.3 : 0;
    double l1 = random.nextInt(3) == 0 ? 0.2 : 0;
    NetworkPlan plan =
        new NetworkPlan(
            2 + random.nextInt(3),
            layers,
            reference,
            new OpChoice(loss.name(), reduction),
            l2,
            l1,
            DType.F64);
    Network network = Network.build(plan, ops, Seeds.of(seed));
    return new GeneratedNet(plan, network, numbers(network, ops, random));
  }

  private static String any(RandomStream random) {
    return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
  }

  private static LayerPlan layer(int units, String activation, RandomStream random) {
    OpChoice choice =
        switch (activation) {
          case "sigmoid" -> OpChoice.of(activation, "slope", random.nextInt(2) == 0 ? 1.0 : 1.5);
          case "elu", "leaky_relu" ->
              OpChoice.of(activation, "alpha", random.nextInt(2) == 0 ? 1.0 : 0.3);
          case "linear" -> OpChoice.of(activation, "k", 0.5);
          case "softmax" ->
              OpChoice.of(activation, "temperature", random.nextInt(3) == 0 ? 2.0 : 1.0);
          default -> OpChoice.of(activation);
        };
    return new LayerPlan(units, choice, new Initialiser.He());
  }

  private static Map<String, Tensor> numbers(Network network, OpRegistry ops, RandomStream random) {
    Map<String, Tensor> numbers = new HashMap<>();
    numbers.put("X", drawn(List.of(ROWS, network.plan().features()), random, 0.9, 0));
    for (GraphParameter parameter : network.parameters()) {
      boolean logit =
          network.layers().stream()
              .anyMatch(layer ->
                  (layer.weights() == parameter || layer.bias() == parameter)
                      && layer.plan().activation().op().equals("logit"));
      boolean bias = parameter.type().rank() == 1;
      List<Integer> sizes = new ArrayList<>();
      for (int size : parameter.shape().sizes()) {
        sizes.add(size);
      }
      // Within (0, 1), where the logit is defined.
      double size = logit ? (bias ? 0.05 : 0.02) : 0.8;
      numbers.put(parameter.label(), drawn(sizes, random, size, logit && bias ? 0.5 : 0));
    }
    int outputs = network.plan().outputs();
    OpSignature.Role role = ops.op(network.plan().loss().id()).signature().input(1).role();
    numbers.put(
        "T",
        switch (role) {
          case CLASSES ->
              Tensor.generate(TensorType.of(DType.I32, ROWS), i -> (i * 2 + 1) % outputs);
          case SIGNS ->
              Tensor.generate(
                  TensorType.of(DType.F64, ROWS, outputs), i -> random.nextInt(2) * 2 - 1);
          default -> shares(outputs, random);
        });
    return numbers;
  }

  /** Rows that sum to 1. */
  private static Tensor shares(int outputs, RandomStream random) {
    double[] all = new double[ROWS * outputs];
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      for (int j = 0; j < outputs; j++) {
        all[row * outputs + j] = random.nextDouble(0.1, 1);
        sum += all[row * outputs + j];
      }
      for (int j = 0; outputs > 1 && j < outputs; j++) {
        all[row * outputs + j] /= sum;
      }
    }
    return Tensor.of(TensorType.of(DType.F64, ROWS, outputs), all);
  }

  private static Tensor drawn(List<Integer> sizes, RandomStream random, double size, double mid) {
    int[] shape = sizes.stream().mapToInt(i -> i).toArray();
    return Tensor.generate(
        new TensorType(DType.F64, Shape.of(shape)),
        i -> mid + random.nextDouble(0.1 * size, size) * (random.nextInt(2) * 2 - 1));
  }

  /** The numbers of all lines, by the graph itself and its own gradients. */
  public Map<Name, Tensor> truth(TextbookDerivation explanation) {
    List<Value> asked = new ArrayList<>();
    List<Name> names = new ArrayList<>();
    List<Value> wrt = new ArrayList<>();
    List<Name> gradients = new ArrayList<>();
    for (Line line : explanation.lines()) {
      switch (line.kind()) {
        case FORWARD, COST -> {
          asked.add(line.of());
          names.add(line.equation().name());
        }
        case DELTA, GRADIENT -> {
          wrt.add(line.of());
          gradients.add(line.equation().name());
        }
      }
    }
    Gradient gradient = Gradient.of(network.loss(), wrt);
    wrt.forEach(value -> asked.add(gradient.wrt(value)));
    names.addAll(gradients);
    for (String input : numbers.keySet()) {
      asked.add(network.inputs().builder().named(input).orElseThrow());
      names.add(WrittenNames.written(input).orElseThrow());
    }
    List<Tensor> all = Evaluate.values(asked, numbers);
    Map<Name, Tensor> truth = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      truth.put(names.get(i), Objects.requireNonNull(all.get(i)));
    }
    truth.put(Name.value("n"), Tensor.scalar(ROWS));
    truth.put(Name.value("k"), Tensor.scalar(plan.outputs()));
    boolean both = plan.l1() > 0 && plan.l2() > 0;
    truth.put(
        both ? Name.value("lambda", 1) : Name.value("lambda"),
        Tensor.scalar(Math.max(plan.l1(), both ? 0 : plan.l2())));
    truth.put(Name.value("lambda", 2), Tensor.scalar(plan.l2()));
    return truth;
  }
}
