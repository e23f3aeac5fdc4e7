package io.deltagraph.crosscheck;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.check.Verdict;
import io.deltagraph.closedform.PerceptronFormulas;
import io.deltagraph.models.Network;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingOptions;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Every update that the perceptron's rule makes while it trains, beside {@code η (t − H(z)) x} of
 * the closed-form side.
 *
 * @param updates one per step
 */
public record PerceptronTrace(List<Update> updates) {
  /** A rounding of f32, some of which add up in a step. */
  private static final double F32_BOUND = 1e-6;

  private static final double F64_BOUND = 1e-13;

  public PerceptronTrace {
    updates = ImmutableList.copyOf(updates);
  }

  /**
   * One step: the weights and, last, the bias.
   *
   * @param epoch from 1
   * @param rows the rows of the table's training part that the step saw, from 0
   * @param outputs H(z) of those rows, by the engine
   * @param taken what the engine added to w ∥ [b]
   * @param formula {@code η Σ (t − H(z)) x ∥ [1]} by {@link PerceptronFormulas}
   * @param difference the largest, relative to the largest entry of w ∥ [b] and the update
   */
  public record Update(
      int epoch,
      List<Integer> rows,
      List<Double> outputs,
      List<Double> taken,
      List<Double> formula,
      double difference) {
    public Update {
      rows = ImmutableIntArray.copyOf(rows).asList();
      outputs = ImmutableDoubleArray.copyOf(outputs).asList();
      taken = ImmutableDoubleArray.copyOf(taken).asList();
      formula = ImmutableDoubleArray.copyOf(formula).asList();
    }

    /** Whether the step changed anything, by either side. */
    public boolean moved() {
      return taken.stream().anyMatch(x -> x != 0) || formula.stream().anyMatch(x -> x != 0);
    }
  }

  /**
   * The updates of a perceptron's training, step by step as it trains.
   *
   * @param network one layer, whose activation is a step
   * @param options how many epochs in which portions; nothing ends them early
   */
  public static PerceptronTrace of(
      Network network, double learningRate, Samples samples, TrainingOptions options) {
    Trainer trainer = Trainer.byPerceptronRule(network, learningRate);
    ImmutableList.Builder<Update> updates = ImmutableList.builder();
    try (Session session = Session.open(trainer.graph())) {
      network.initial().forEach((parameter, value) -> session.set(parameter.label(), value));
      Stepper stepper =
          new Stepper(
              session,
              network,
              samples,
              learningRate,
              network.plan().dtype() == DType.F32 ? F32_BOUND : F64_BOUND);
      int count = samples.count();
      int batch = options.batch().orElse(count);
      for (int epoch = 1; epoch <= options.epochs(); epoch++) {
        int[] order = options.seeds().derive("shuffle", epoch).stream().permutation(count);
        for (int from = 0; from < count; from += batch) {
          int[] rows = Arrays.copyOfRange(order, from, Math.min(count, from + batch));
          updates.add(stepper.step(epoch, rows));
        }
      }
    }
    return new PerceptronTrace(updates.build());
  }

  /** The largest relative difference. */
  public double worst() {
    return updates.stream().mapToDouble(Update::difference).max().orElse(0);
  }

  /** Whether all updates agree to the rounding of the dtype. */
  public Verdict verdict(DType dtype) {
    double bound = dtype == DType.F32 ? F32_BOUND : F64_BOUND;
    return updates.stream().allMatch(update -> update.difference() <= bound)
        ? Verdict.PASS
        : Verdict.FAIL;
  }

  private record Stepper(
      Session session, Network network, Samples samples, double learningRate, double bound) {

    /** w ∥ [b] as it is now. */
    private double[] weights() {
      double[] weights = session.get(network.layers().getFirst().weights().label()).toDoubles();
      double[] all = Arrays.copyOf(weights, weights.length + 1);
      all[weights.length] = session.get(network.layers().getFirst().bias().label()).get(0);
      return all;
    }

    Update step(int epoch, int[] rows) {
      double[] before = weights();
      Samples part = samples.rows(rows);
      Tensor outputs =
          requireNonNull(
              session
                  .run(
                      Map.of(
                          network.inputs().label(), part.inputs(),
                          network.targets().label(), part.targets()))
                  .get(Network.OUTPUTS));
      double[] after = weights();
      double[] formula = new double[before.length];
      for (int i = 0; i < rows.length; i++) {
        double[] x = part.inputs().rows(i, i + 1).toDoubles();
        add(formula, before, x, (int) part.targets().get(i), (int) outputs.get(i));
      }
      double[] taken = new double[before.length];
      double gap = 0;
      double scale = Double.MIN_NORMAL;
      for (int j = 0; j < taken.length; j++) {
        taken[j] = after[j] - before[j];
        gap = Math.max(gap, Math.abs(taken[j] - formula[j]));
        scale = Math.max(scale, Math.max(Math.abs(before[j]), Math.abs(formula[j])));
      }
      return new Update(
          epoch,
          Arrays.stream(rows).boxed().collect(ImmutableList.toImmutableList()),
          Doubles.asList(outputs.toDoubles()),
          Doubles.asList(taken),
          Doubles.asList(formula),
          gap / scale);
    }

    /** The formula's part of one row. Where z is 0 but for rounding, H is as the engine has it. */
    private void add(double[] sum, double[] weights, double[] x, int target, int output) {
      double[] alone = Arrays.copyOf(weights, weights.length - 1);
      double bias = weights[weights.length - 1];
      PerceptronFormulas.Neuron neuron = new PerceptronFormulas.Neuron(alone, bias);
      double z = PerceptronFormulas.augmentedSignal(weights, x);
      double size = Math.abs(bias);
      for (int j = 0; j < x.length; j++) {
        size += Math.abs(alone[j] * x[j]);
      }
      if (z != 0 && Math.abs(z) <= bound * size) {
        // Enough to be on the engine's side of 0.
        neuron =
            new PerceptronFormulas.Neuron(alone, bias + (output == 1 ? 1 : -1) * 2 * bound * size);
      }
      PerceptronFormulas.Neuron learnt = PerceptronFormulas.learn(neuron, x, target, learningRate);
      for (int j = 0; j < x.length; j++) {
        sum[j] += learnt.weights()[j] - alone[j];
      }
      sum[x.length] += learnt.bias() - neuron.bias();
    }
  }
}
