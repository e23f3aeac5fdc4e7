package io.deltagraph.crosscheck;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.check.Program;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Why gradients are too small to be compared: equal neurons, dead ones, saturated ones, or, where
 * there are none of these, a minimum. All of it is read from the forward pass.
 */
public final class Standstill {
  /** A slope below this lets next to nothing through. */
  private static final double FLAT = 1e-6;

  /** The step that slopes are taken with. */
  private static final double STEP = 1e-4;

  /** From this on a gradient by the outputs says that they are still wrong. */
  private static final double WRONG = 1e-4;

  private final Network network;
  private final Map<String, Tensor> point;

  private Standstill(Network network, Map<String, Tensor> point) {
    this.network = network;
    this.point = point;
  }

  /** What keeps gradients small. */
  public enum Kind {
    /** A normalisation takes off again what is added or multiplied before it. */
    NORMALISATION,
    /** Neurons with equal weights get equal gradients and stay equal. */
    SYMMETRY,
    /** Neurons that give one number, at slope 0, for all rows. */
    DEAD,
    /** Neurons so far out that their slope is next to 0 for all rows. */
    SATURATION,
    /** The loss has no slope left, and nothing else stops it. */
    MINIMUM
  }

  /**
   * What is found in one layer.
   *
   * @param kind why its gradients are small
   * @param sentence the same in words, with what to do
   */
  public record Finding(Kind kind, String sentence) {}

  /**
   * What keeps the gradients of a net small at some parameters, on some rows; at least one finding.
   */
  public static List<Finding> of(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters, Samples samples) {
    if (!plan.isPlain()) {
      return List.of(
          new Finding(
              Kind.NORMALISATION,
              "A normalisation takes off what a bias adds before it, and what is dropped has no"
                  + " slope: gradients next to 0 are right there, and too small to be compared."));
    }
    Network network = Network.buildForChecking(plan.in(DType.F64), ops, Seeds.of(0));
    Samples rows = samples.in(DType.F64);
    Map<String, Tensor> point = CrossCheck.point(network, parameters, rows);
    return new Standstill(network, ImmutableMap.copyOf(point)).findings(ops);
  }

  private List<Finding> findings(OpLookup ops) {
    List<Finding> findings = new ArrayList<>();
    List<Layer> layers = network.layers();
    for (int l = 0; l + 1 < layers.size(); l++) {
      int units = layers.get(l).plan().units();
      int alike = units - different(l);
      if (alike > 0) {
        findings.add(symmetry(layers.get(l).name(), units));
      } else {
        flat(layers.get(l), findings);
      }
    }
    if (findings.isEmpty() && outputsAreStuck(ops)) {
      findings.add(
          new Finding(
              Kind.SATURATION,
              "Saturated outputs: they are wrong, and the slope of "
                  + layers.getLast().plan().activation()
                  + " is next to 0 on all rows, so that nothing flows back. Take a loss on logits, or"
                  + " start from smaller weights."));
    }
    if (findings.isEmpty()) {
      findings.add(
          new Finding(
              Kind.MINIMUM,
              "Near a minimum the gradients are too small to tell them from rounding; no neuron is"
                  + " dead, saturated or equal to another."));
    }
    return ImmutableList.copyOf(findings);
  }

  /** How many neurons of a layer differ from one another, in what comes in and in what goes out. */
  private int different(int layer) {
    Set<List<Double>> kinds = new HashSet<>();
    double[][] in = matrix(Layer.weight(layer + 1));
    double[] bias = requireNonNull(point.get(Layer.bias(layer + 1))).toDoubles();
    double[][] out = matrix(Layer.weight(layer + 2));
    for (int unit = 0; unit < in.length; unit++) {
      List<Double> numbers = new ArrayList<>(List.of(bias[unit] + 0.0));
      Arrays.stream(in[unit]).forEach(w -> numbers.add(w + 0.0)); // -0 is 0
      for (double[] row : out) {
        numbers.add(row[unit] + 0.0);
      }
      kinds.add(numbers);
    }
    return kinds.size();
  }

  private double[][] matrix(String name) {
    return requireNonNull(point.get(name)).toRows();
  }

  private static Finding symmetry(String layer, int units) {
    return new Finding(
        Kind.SYMMETRY,
        "A symmetric point: neurons among the "
            + units
            + " of "
            + layer
            + " have the same weights, so that they get the same gradients and stay the same, however"
            + " long they train. Draw the weights: \"initialiser\": \"glorot\".");
  }

  /** Neurons that let nothing through on any row. */
  private void flat(Layer layer, List<Finding> findings) {
    double[][] here = activations(layer, 0);
    double[][] above = activations(layer, STEP);
    double[][] below = activations(layer, -STEP);
    int units = layer.plan().units();
    int dead = 0;
    int saturated = 0;
    for (int unit = 0; unit < units; unit++) {
      int j = unit;
      double steepest =
          IntStream.range(0, here.length)
              .mapToDouble(i -> Math.abs(above[i][j] - below[i][j]) / (2 * STEP))
              .max()
              .orElse(1);
      boolean constant = Arrays.stream(here).allMatch(row -> row[j] == here[0][j]);
      if (steepest == 0 && constant) {
        dead++;
      } else if (steepest < FLAT) {
        saturated++;
      }
    }
    String of = " of the " + units + " neurons of " + layer.name();
    if (dead > 0) {
      findings.add(
          new Finding(
              Kind.DEAD,
              "Dead neurons: "
                  + dead
                  + of
                  + " give one number for all rows, at a slope of 0, and learn nothing more. Lower the"
                  + " learning rate, start from other weights, or take an activation with a slope on"
                  + " both sides."));
    }
    if (saturated > 0) {
      findings.add(
          new Finding(
              Kind.SATURATION,
              "Saturated neurons: "
                  + saturated
                  + of
                  + " have a slope next to 0 on all rows. Standardise the features, or start from"
                  + " smaller weights."));
    }
  }

  /** A layer's activations where all its signals are moved. */
  private double[][] activations(Layer layer, double by) {
    String shift = layer.shift().orElseThrow().label();
    Map<String, Tensor> moved = new HashMap<>(point);
    moved.put(shift, Tensor.filled(requireNonNull(point.get(shift)).type(), by));
    return value(layer.activation(), moved).toRows();
  }

  private static Tensor value(Value value, Map<String, Tensor> at) {
    try (Program program = Program.plain(List.of(value), at.keySet())) {
      return program.run(at).getFirst();
    }
  }

  /** Outputs that are each their own signal's, wrong, and at no slope. */
  private boolean outputsAreStuck(OpLookup ops) {
    Layer last = network.layers().getLast();
    Codomain given = last.plan().activation().codomain(ops);
    if (given == Codomain.CLASS_PROBABILITIES || given == Codomain.CLASS_LOG_PROBABILITIES) {
      return false; // moving all signals at once moves none of these
    }
    Value gradient = Gradient.of(network.loss(), List.of(last.activation())).wrt(last.activation());
    double[] wrong = value(gradient, point).toDoubles();
    if (Arrays.stream(wrong).map(Math::abs).max().orElse(0) * wrong.length < WRONG) {
      return false;
    }
    double[][] above = activations(last, STEP);
    double[][] below = activations(last, -STEP);
    for (int i = 0; i < above.length; i++) {
      for (int j = 0; j < above[i].length; j++) {
        boolean off = Math.abs(wrong[i * above[i].length + j]) * wrong.length >= WRONG;
        if (off && Math.abs(above[i][j] - below[i][j]) / (2 * STEP) >= FLAT) {
          return false;
        }
      }
    }
    return true;
  }
}
