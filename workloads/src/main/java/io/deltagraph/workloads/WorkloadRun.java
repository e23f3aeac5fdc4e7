package io.deltagraph.workloads;

import io.deltagraph.graph.Graph;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.plan.Plan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.runtime.StepTimes;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.TrainingStep;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A workload ready to take its steps: forward, backward and update on batches in memory. A step
 * gives nothing back; the loss is computed when asked for.
 */
public final class WorkloadRun implements AutoCloseable {
  private final Network network;
  private final TrainingStep step;
  private final List<Samples> batches;

  private WorkloadRun(Network network, TrainingStep step, List<Samples> batches) {
    this.network = network;
    this.step = step;
    this.batches = batches;
    step.feed(batches.getFirst());
  }

  /** Builds the net and its step, with the first weights. */
  public static WorkloadRun start(Workload workload, DType dtype, Session.Options options) {
    Network network = network(workload, dtype);
    TrainingStep step =
        TrainingStep.byGradient(network.model(), workload.optimizer()).open(Set.of(), options);
    for (int i = 1; i <= workload.layers(); i++) {
      Layer layer = network.layers().get(i - 1);
      step.set(layer.weights(), workload.weights(i, dtype));
      step.set(layer.bias(), workload.biases(i, dtype));
    }
    List<Samples> batches = new ArrayList<>();
    for (int i = 0; i < workload.batches(); i++) {
      batches.add(new Samples(workload.inputs(i, dtype), workload.targets(i, dtype)));
    }
    return new WorkloadRun(network, step, batches);
  }

  private static Network network(Workload workload, DType dtype) {
    return Network.build(workload.network(dtype), OpRegistry.load(), Seeds.of(0));
  }

  /** The graph of a workload's step. */
  public static Graph graph(Workload workload, DType dtype) {
    return TrainingStep.byGradient(network(workload, dtype).model(), workload.optimizer())
        .graph(Set.of());
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
      step.feed(batches.get(number % batches.size()));
    }
  }

  /** The name of the backend that does a step of the plan. */
  String backend(int number) {
    return step.plan().backend(number);
  }

  /** The loss of batch 0 with the weights as they are now. */
  public double loss() {
    Map<String, Tensor> feeds = new HashMap<>(step.parameters());
    feeds.put(network.inputs().label(), batches.getFirst().inputs());
    feeds.put(network.targets().label(), batches.getFirst().targets());
    return Evaluate.value(network.loss(), feeds).item();
  }

  /** The plan that a step follows. */
  public Plan plan() {
    return step.plan().plan();
  }

  /** Whether every kernel runs as it will from now on. */
  public boolean isSettled() {
    return step.plan().isSettled();
  }

  @Override
  public void close() {
    step.close();
  }
}
