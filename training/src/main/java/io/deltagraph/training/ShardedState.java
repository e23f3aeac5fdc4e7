package io.deltagraph.training;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parameters of a training over shards, on the side that has none of the rows, and what becomes
 * of them with the sum of a step.
 */
final class ShardedState implements AutoCloseable {
  private static final String GRADIENT = "gradient/";
  private static final String NEXT = "next/";

  private final Model model;
  private final ShardTask.Kind kind;
  private final Graph step;

  /** The update of one step; none where shards update their own parameters. */
  private final Optional<Session> update;

  /** Every parameter as it is now: the model's, its state and what the optimizer remembers. */
  private final Map<String, Tensor> values = new LinkedHashMap<>();

  private ShardedState(
      Model model,
      ShardTask.Kind kind,
      Graph step,
      Map<GraphParameter, Tensor> remembered,
      Optional<Session> update) {
    this.model = model;
    this.kind = kind;
    this.step = step;
    this.update = update;
    model.initial().forEach((parameter, value) -> values.put(parameter.label(), value));
    remembered.forEach((parameter, value) -> values.put(parameter.label(), value));
    update.ifPresent(session -> session.setAll(values));
  }

  /** Shards give gradients, and there is one update for all. */
  static ShardedState ofGradients(
      Model model, Optimizer optimizer, Predicate<GraphParameter> frozen) {
    List<GraphParameter> trained = model.trainable().stream().filter(frozen.negate()).toList();
    GraphBuilder builder = model.builder();
    Gradient gradient = Gradient.of(model.loss(), trained);
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    outputs.put(Network.LOSS, model.loss());
    Map<GraphParameter, Value> given = new LinkedHashMap<>();
    for (GraphParameter parameter : trained) {
      String name = GRADIENT + parameter.label();
      outputs.put(name, gradient.wrt(parameter));
      given.put(
          parameter,
          builder.named(name).orElse(null) instanceof Input known
              ? known
              : builder.input(name, parameter.type()));
    }
    model.updates().forEach((state, next) -> outputs.put(NEXT + state.label(), next));
    OptimizerStep rule = optimizer.step(given);
    Graph update = simplified(builder.graph(ImmutableMap.of(), rule.updates()));
    return new ShardedState(
        model,
        ShardTask.Kind.GRADIENTS,
        simplified(builder.graph(outputs.buildOrThrow())),
        rule.initialState(),
        Optional.of(Session.open(update)));
  }

  /** Shards take steps of their own, and their parameters are averaged. */
  static ShardedState ofParameters(
      Model model, Optimizer optimizer, Predicate<GraphParameter> frozen) {
    TrainingStep.Maker maker = TrainingStep.byGradient(model, optimizer, frozen);
    return new ShardedState(
        model,
        ShardTask.Kind.PARAMETERS,
        maker.graph(Set.of(TrainingStep.Watched.LOSS)),
        maker.initialState(),
        Optional.empty());
  }

  private static Graph simplified(Graph graph) {
    return Simplifier.of(graph.ops()).simplify(graph).graph();
  }

  /** The graph of a step of one shard. */
  Graph step() {
    return step;
  }

  ShardTask task(int epoch, int number, int steps) {
    return new ShardTask(kind, epoch, number, steps, packed(step));
  }

  ShardTask heldOutLoss(int epoch) {
    return new ShardTask(ShardTask.Kind.HELD_OUT_LOSS, epoch, 0, 0, packed(model.evaluation()));
  }

  /** What a graph reads and nothing else: what only the update remembers is not sent around. */
  private Map<String, PackedTensor> packed(Graph graph) {
    ImmutableMap.Builder<String, PackedTensor> all = ImmutableMap.builder();
    for (GraphParameter parameter : graph.parameters()) {
      String label = parameter.label();
      all.put(label, PackedTensor.of(requireNonNull(values.get(label))));
    }
    return all.buildOrThrow();
  }

  /** Goes on with what all shards came to. */
  void take(ShardSum sum) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    sum.means()
        .forEach((name, mean) -> {
          if (name.startsWith(GRADIENT)) {
            gradients.put(name, mean);
          } else {
            values.put(name.startsWith(NEXT) ? name.substring(NEXT.length()) : name, mean);
          }
        });
    update.ifPresent(session -> {
      session.run(gradients);
      values.putAll(session.parameters());
    });
  }

  /** The model's parameters and its state as they are now, by name, without the optimizer's. */
  Map<String, Tensor> parameters() {
    ImmutableMap.Builder<String, Tensor> all = ImmutableMap.builder();
    model
        .initial()
        .forEach((parameter, first) ->
            all.put(parameter.label(), values.getOrDefault(parameter.label(), first)));
    return all.buildOrThrow();
  }

  /** Every parameter as it is now. */
  Map<String, Tensor> all() {
    return ImmutableMap.copyOf(values);
  }

  /** Sets what {@link #all()} gave, or parts of it. */
  void restore(Map<String, Tensor> state) {
    values.putAll(state);
    update.ifPresent(session -> session.setAll(state));
  }

  @Override
  public void close() {
    update.ifPresent(Session::close);
  }
}
