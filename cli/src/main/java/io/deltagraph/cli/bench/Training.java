package io.deltagraph.cli.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.plan.Plan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.runtime.StepTimes;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A workload ready to take its steps: forward, backward and update on batches in memory. A step
 * gives nothing back; the loss is computed when asked for.
 */
public final class Training implements AutoCloseable {
  private final Network network;
  private final Session session;
  private final BoundSession step;
  private final ImmutableList<ImmutableMap<String, Tensor>> batches;

  private Training(
      Network network, Session session, ImmutableList<ImmutableMap<String, Tensor>> batches) {
    this.network = network;
    this.session = session;
    this.step = session.bind(batches.get(0));
    this.batches = batches;
  }

  /** Builds the net and its step, with the first weights. */
  public static Training start(Workload workload, DType dtype, Session.Options options) {
    Network network = Network.build(workload.network(dtype), OpRegistry.load(), Seeds.of(0));
    OptimizerStep step = workload.optimizer().step(gradients(network));
    Session session = Session.open(graph(network, step), options);
    step.initialState().forEach((parameter, value) -> session.set(parameter.label(), value));
    for (int i = 1; i <= workload.layers(); i++) {
      Layer layer = network.layers().get(i - 1);
      session.set(layer.weights().label(), workload.weights(i, dtype));
      session.set(layer.bias().label(), workload.biases(i, dtype));
    }
    ImmutableList.Builder<ImmutableMap<String, Tensor>> batches = ImmutableList.builder();
    for (int i = 0; i < workload.batches(); i++) {
      batches.add(ImmutableMap.of("X", workload.inputs(i, dtype), "T", workload.targets(i, dtype)));
    }
    return new Training(network, session, batches.build());
  }

  /** The graph of a workload's step. */
  public static Graph graph(Workload workload, DType dtype) {
    Network network = Network.build(workload.network(dtype), OpRegistry.load(), Seeds.of(0));
    return graph(network, workload.optimizer().step(gradients(network)));
  }

  private static Map<Parameter, Value> gradients(Network network) {
    Gradient gradient = Gradient.of(network.loss(), network.parameters());
    Map<Parameter, Value> gradients = new LinkedHashMap<>();
    network.parameters().forEach(parameter -> gradients.put(parameter, gradient.wrt(parameter)));
    return gradients;
  }

  private static Graph graph(Network network, OptimizerStep step) {
    Graph graph = network.inputs().builder().graph(ImmutableMap.of(), step.updates());
    return Simplifier.of(graph.ops()).simplify(graph).graph();
  }

  /** Takes one step, on batch {@code number} modulo the number of batches. */
  public void step(int number) {
    feed(number);
    step.run();
  }

  /** Runs the plan on the inputs that are set, and adds how long each of its steps takes. */
  void run(StepTimes times) {
    step.run(times);
  }

  /** Copies a batch to the inputs, where there is more than one. */
  void feed(int number) {
    if (batches.size() > 1) {
      batches.get(number % batches.size()).forEach(step::set);
    }
  }

  /** The name of the backend that does a step of the plan. */
  String backend(int number) {
    return step.backend(number);
  }

  /** The loss of batch 0 with the weights as they are now. */
  public double loss() {
    Map<String, Tensor> feeds = new HashMap<>(batches.get(0));
    network.parameters().forEach(p -> feeds.put(p.label(), session.get(p.label())));
    return Evaluate.value(network.loss(), feeds).item();
  }

  /** The plan that a step follows. */
  public Plan plan() {
    return step.plan();
  }

  /** Whether every kernel runs as it will from now on. */
  public boolean isSettled() {
    return step.isSettled();
  }

  @Override
  public void close() {
    session.close();
  }
}
