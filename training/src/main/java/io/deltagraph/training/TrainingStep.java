package io.deltagraph.training;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.NonFinite;
import io.deltagraph.runtime.Session;
import io.deltagraph.runtime.StepTimes;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The training step: forward, backward and update of a model as one plan, bound for each number of
 * rows that a batch has had. Whatever trains, measures or shows a step takes this one. Not for use
 * by several threads at once.
 */
public final class TrainingStep implements StepTiers, AutoCloseable {

  /** What a step computes beside the new parameters, so that it can be read after it. */
  public enum Watched {
    /** The outputs of the model for the batch, with the parameters before the step. */
    OUTPUTS,
    /** The loss of the batch, with the parameters before the step. */
    LOSS
  }

  /** The new value of each parameter, and the first values of what an optimizer remembers. */
  private record Rule(
      Map<GraphParameter, Value> updates, Map<GraphParameter, Tensor> initialState) {}

  private final Model model;
  private final List<String> fed;
  private final Session session;
  private final Set<String> inGraph;
  private final List<Bound> plans = new ArrayList<>();
  private @Nullable Bound current;

  /** The plan for batches of so many rows. */
  private record Bound(int rows, BoundSession plan) {}

  private TrainingStep(
      Model model, Graph graph, Map<GraphParameter, Tensor> initial, Session.Options options) {
    this.model = model;
    this.fed = fed(model);
    this.session = Session.open(graph, options);
    this.inGraph =
        graph.parameters().stream().map(Value::label).collect(ImmutableSet.toImmutableSet());
    model.initial().forEach((parameter, value) -> session.set(parameter.label(), value));
    initial.forEach((parameter, value) -> session.set(parameter.label(), value));
  }

  private static List<String> fed(Model model) {
    return Stream.concat(model.inputs().stream(), model.targets().stream())
        .map(Input::label)
        .collect(ImmutableList.toImmutableList());
  }

  /** A step by gradients of the model's loss, at the model's initial parameters. */
  public static Maker byGradient(Model model, Optimizer optimizer) {
    return byGradient(model, optimizer, parameter -> false);
  }

  /**
   * A step by gradients of the model's loss, at the model's initial parameters.
   *
   * @param frozen the parameters that keep their values
   */
  public static Maker byGradient(
      Model model, Optimizer optimizer, Predicate<GraphParameter> frozen) {
    List<GraphParameter> trained = model.trainable().stream().filter(frozen.negate()).toList();
    Gradient gradient = Gradient.of(model.loss(), trained);
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    trained.forEach(parameter -> gradients.put(parameter, gradient.wrt(parameter)));
    OptimizerStep step = optimizer.step(gradients);
    return new Maker(model, new Rule(step.updates(), step.initialState()));
  }

  /** A step that gives each parameter a value of the model's builder. */
  static Maker byUpdates(Model model, Map<GraphParameter, Value> updates) {
    return new Maker(model, new Rule(updates, ImmutableMap.of()));
  }

  /** A rule of a model, of which steps are made. */
  public static final class Maker {
    private final Model model;
    private final Rule rule;

    private Maker(Model model, Rule rule) {
      this.model = model;
      this.rule = rule;
    }

    /** The graph of one step. */
    public Graph graph(Set<Watched> watched) {
      ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
      for (Watched what : watched) {
        switch (what) {
          case OUTPUTS -> outputs.putAll(model.outputs());
          case LOSS -> outputs.put(Network.LOSS, model.loss());
        }
      }
      Map<GraphParameter, Value> updates = new LinkedHashMap<>(rule.updates());
      updates.putAll(model.updates());
      Graph graph = model.builder().graph(outputs.buildOrThrow(), updates);
      return Simplifier.of(graph.ops()).simplify(graph).graph();
    }

    /** A step at the model's initial parameters. */
    public TrainingStep open(Set<Watched> watched, Session.Options options) {
      return new TrainingStep(model, graph(watched), rule.initialState(), options);
    }

    Model model() {
      return model;
    }

    /** What an optimizer remembers before the first step. */
    Map<GraphParameter, Tensor> initialState() {
      return rule.initialState();
    }
  }

  /** Sets a parameter of the model. */
  public void set(GraphParameter parameter, Tensor value) {
    session.set(parameter.label(), value);
  }

  /** Copies a batch to where the next steps read it. */
  public void feed(Samples batch) {
    Bound bound = bound(batch.count());
    if (bound == null) {
      bind(batch);
    } else {
      for (int i = 0; i < fed.size(); i++) {
        bound.plan().set(fed.get(i), batch.get(fed.get(i)));
      }
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
      for (int i = 0; i < fed.size(); i++) {
        bound.plan().setRows(fed.get(i), all.get(fed.get(i)), order, from);
      }
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
    ImmutableMap.Builder<String, Tensor> feeds = ImmutableMap.builder();
    fed.forEach(name -> feeds.put(name, batch.get(name)));
    BoundSession plan = session.bind(feeds.buildOrThrow());
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
   * The first output for the batch before the last step, if outputs are watched. It is read where
   * it lies, and changes with the next step.
   */
  public TensorReader outputs() {
    return plan().reader(model.output());
  }

  /** The model's parameters and its state as they are now, by name, without the optimizer's. */
  public Map<String, Tensor> parameters() {
    ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
    model
        .initial()
        .forEach((parameter, first) ->
            values.put(
                parameter.label(),
                inGraph.contains(parameter.label()) ? session.get(parameter.label()) : first));
    return values.buildOrThrow();
  }

  /** Every parameter as it is now, by name: those of the model, its state and the optimizer's. */
  Map<String, Tensor> state() {
    ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
    inGraph.forEach(name -> values.put(name, session.get(name)));
    return values.buildOrThrow();
  }

  /** Sets what {@link #state()} gave, or parts of it. */
  void restore(Map<String, Tensor> state) {
    session.setAll(state);
  }

  /** The first number that is not finite in a step on a batch, which is not taken. */
  Optional<NonFinite> firstNonFinite(Samples batch) {
    ImmutableMap.Builder<String, Tensor> feeds = ImmutableMap.builder();
    fed.forEach(name -> feeds.put(name, batch.get(name)));
    return session.firstNonFinite(feeds.buildOrThrow());
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
