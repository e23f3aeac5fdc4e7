package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.runtime.StepTimes;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The training step: forward, backward and update of a net as one plan, bound for each number of
 * rows that a batch has had. Whatever trains, measures or shows a step takes this one. Not for use
 * by several threads at once.
 */
public final class TrainingStep implements StepTiers, AutoCloseable {

  /** What a step computes beside the new parameters, so that it can be read after it. */
  public enum Watched {
    /** The outputs of the net for the batch, with the parameters before the step. */
    OUTPUTS(Network.OUTPUTS),
    /** The loss of the batch, with the parameters before the step. */
    LOSS(Network.LOSS);

    private final String output;

    Watched(String output) {
      this.output = output;
    }
  }

  /** The new value of each parameter, and the first values of what an optimizer remembers. */
  private record Rule(
      Map<GraphParameter, Value> updates, Map<GraphParameter, Tensor> initialState) {}

  private final Network network;
  private final Session session;
  private final List<Bound> plans = new ArrayList<>();
  private @Nullable Bound current;

  /** The plan for batches of so many rows. */
  private record Bound(int rows, BoundSession plan) {}

  private TrainingStep(
      Network network, Graph graph, Map<GraphParameter, Tensor> initial, Session.Options options) {
    this.network = network;
    this.session = Session.open(graph, options);
    network.initial().forEach((parameter, value) -> session.set(parameter.label(), value));
    initial.forEach((parameter, value) -> session.set(parameter.label(), value));
  }

  /**
   * A step by gradients of the net's loss, at the net's initial parameters.
   *
   * @param optimizer makes its state, so once per net
   */
  public static Maker byGradient(Network network, Optimizer optimizer) {
    Gradient gradient = Gradient.of(network.loss(), network.parameters());
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    network.parameters().forEach(parameter -> gradients.put(parameter, gradient.wrt(parameter)));
    OptimizerStep step = optimizer.step(gradients);
    return new Maker(network, new Rule(step.updates(), step.initialState()));
  }

  /** A step that gives each parameter a value of the net's builder. */
  static Maker byUpdates(Network network, Map<GraphParameter, Value> updates) {
    return new Maker(network, new Rule(updates, ImmutableMap.of()));
  }

  /** A rule of a net, of which steps are made. */
  public static final class Maker {
    private final Network network;
    private final Rule rule;

    private Maker(Network network, Rule rule) {
      this.network = network;
      this.rule = rule;
    }

    /** The graph of one step. */
    public Graph graph(Set<Watched> watched) {
      ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
      for (Watched what : watched) {
        Value value =
            switch (what) {
              case OUTPUTS -> network.outputs();
              case LOSS -> network.loss();
            };
        outputs.put(what.output, value);
      }
      Graph graph = network.inputs().builder().graph(outputs.buildOrThrow(), rule.updates());
      return Simplifier.of(graph.ops()).simplify(graph).graph();
    }

    /** A step at the net's initial parameters. */
    public TrainingStep open(Set<Watched> watched, Session.Options options) {
      return new TrainingStep(network, graph(watched), rule.initialState(), options);
    }

    Network network() {
      return network;
    }
  }

  /** Sets a parameter of the net. */
  public void set(GraphParameter parameter, Tensor value) {
    session.set(parameter.label(), value);
  }

  /** Copies a batch to where the next steps read it. */
  public void feed(Samples batch) {
    Bound bound = bound(batch.count());
    if (bound == null) {
      bind(batch);
    } else {
      bound.plan().set(network.inputs().label(), batch.inputs());
      bound.plan().set(network.targets().label(), batch.targets());
      current = bound;
    }
  }

  /**
   * Copies some rows to where the next steps read them, without a copy in between.
   *
   * @param order the numbers of rows, of which those count from {@code from} to before {@code to}
   */
  public void feed(Samples all, int[] order, int from, int to) {
    Bound bound = bound(to - from);
    if (bound == null) {
      bind(all.rows(Arrays.copyOfRange(order, from, to)));
    } else {
      bound.plan().setRows(network.inputs().label(), all.inputs(), order, from);
      bound.plan().setRows(network.targets().label(), all.targets(), order, from);
      current = bound;
    }
  }

  /** The plan for batches of so many rows, if there was one; a few sizes at most are in use. */
  private @Nullable Bound bound(int rows) {
    Bound last = current;
    if (last != null && last.rows() == rows) {
      return last;
    }
    for (int i = 0; i < plans.size(); i++) {
      if (plans.get(i).rows() == rows) {
        return plans.get(i);
      }
    }
    return null;
  }

  private void bind(Samples batch) {
    BoundSession plan =
        session.bind(
            ImmutableMap.of(
                network.inputs().label(), batch.inputs(),
                network.targets().label(), batch.targets()));
    Bound bound = new Bound(batch.count(), plan);
    plans.add(bound);
    current = bound;
  }

  /** Takes one step on the batch that was fed last. */
  public void run() {
    plan().run();
  }

  /** As {@link #run()}, and adds how long each step of the plan takes. */
  public void run(StepTimes times) {
    plan().run(times);
  }

  /** The loss of the batch before the last step, if it is watched. */
  public double loss() {
    return plan().scalar(Network.LOSS);
  }

  /**
   * The outputs for the batch before the last step, if they are watched. They are read where they
   * lie, and change with the next step.
   */
  public TensorReader outputs() {
    return plan().reader(Network.OUTPUTS);
  }

  /** The net's parameters as they are now, by name, without the optimizer's state. */
  public Map<String, Tensor> parameters() {
    ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
    network.parameters().forEach(p -> values.put(p.label(), session.get(p.label())));
    return values.buildOrThrow();
  }

  /** The plan for batches of the size that was fed last, bound. */
  public BoundSession plan() {
    return bound().plan();
  }

  @Override
  public boolean isSettled() {
    for (int i = 0; i < plans.size(); i++) {
      if (!plans.get(i).plan().isSettled()) {
        return false;
      }
    }
    return !plans.isEmpty();
  }

  @Override
  public int steps() {
    return plans.stream()
        .mapToInt(
            bound -> bound.plan().plan().steps().size() + bound.plan().plan().commits().size())
        .sum();
  }

  @Override
  public int fastSteps() {
    return plans.stream().mapToInt(bound -> bound.plan().fastSteps()).sum();
  }

  private Bound bound() {
    Bound last = current;
    if (last == null) {
      throw new IllegalStateException("There is no batch yet: feed one before the first step.");
    }
    return last;
  }

  @Override
  public void close() {
    session.close();
  }
}
