package io.deltagraph.benchmarks.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.GraphParameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.L2Loss;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SigmoidBinaryCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.workloads.Workload;
import java.util.ArrayList;
import java.util.List;

/** The Deep Java Library on PyTorch, by its ordinary training API. */
final class DeepJavaLibrary implements Engine {
  private final Model model;
  private final Trainer trainer;
  private final NDManager manager;
  private final Loss loss;
  private final List<NDList> inputs = new ArrayList<>();
  private final List<NDList> targets = new ArrayList<>();

  DeepJavaLibrary(Workload workload, int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    model = Model.newInstance("net", "PyTorch");
    SequentialBlock net = net(workload);
    model.setBlock(net);
    loss = loss(workload);
    Tracker rate = Tracker.fixed((float) Rates.of(workload));
    Optimizer optimizer =
        workload.optimizer() instanceof Adam
            ? Optimizer.adam().optLearningRateTracker(rate).build()
            : Optimizer.sgd().setLearningRateTracker(rate).build();
    trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer));
    int rows = workload.batch();
    int columns = workload.sizes().get(0);
    int outputs = workload.sizes().get(workload.layers());
    trainer.initialize(new Shape(rows, columns));
    manager = trainer.getManager();
    int count = 0;
    for (Pair<String, GraphParameter> parameter : net.getParameters()) {
      int layer = 1 + count / 2;
      NDArray array = parameter.getValue().getArray();
      array.set(
          count % 2 == 0
              ? Floats.weights(workload, layer)
              : new float[workload.sizes().get(layer)]);
      count++;
    }
    for (int i = 0; i < workload.batches(); i++) {
      inputs.add(new NDList(manager.create(Floats.inputs(workload, i), new Shape(rows, columns))));
      targets.add(
          new NDList(
              workload.objective() == Workload.Objective.SOFTMAX
                  ? manager.create(Floats.classes(workload, i))
                  : manager.create(Floats.targets(workload, i), new Shape(rows, outputs))));
    }
  }

  private static SequentialBlock net(Workload workload) {
    SequentialBlock net = new SequentialBlock();
    for (int layer = 1; layer <= workload.layers(); layer++) {
      net.add(Linear.builder().setUnits(workload.sizes().get(layer)).build());
      if (layer < workload.layers()) {
        switch (workload.hidden().name()) {
          case "relu" -> net.add(Activation.reluBlock());
          case "sigmoid" -> net.add(Activation.sigmoidBlock());
          case "tanh" -> net.add(Activation.tanhBlock());
          default -> throw new IllegalArgumentException(workload.hidden().name());
        }
      }
    }
    if (workload.objective() == Workload.Objective.HALF_SQUARED_ERROR_OF_SIGMOIDS) {
      net.add(Activation.sigmoidBlock());
    }
    return net;
  }

  private static Loss loss(Workload workload) {
    // L2Loss is a mean over outputs too.
    float half = 0.5f * workload.sizes().get(workload.layers());
    return switch (workload.objective()) {
      case SOFTMAX -> Loss.softmaxCrossEntropyLoss();
      case LOGISTIC -> new SigmoidBinaryCrossEntropyLoss();
      case HALF_SQUARED_ERROR, HALF_SQUARED_ERROR_OF_SIGMOIDS -> new L2Loss("l2", half);
    };
  }

  @Override
  public void step(int number) {
    NDList x = inputs.get(number % inputs.size());
    NDList t = targets.get(number % targets.size());
    // Intermediate values are freed with their manager.
    try (NDManager step = manager.newSubManager()) {
      x.tempAttach(step);
      t.tempAttach(step);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        collector.backward(loss.evaluate(t, trainer.forward(x)));
      }
      trainer.step();
    }
  }

  @Override
  public double loss() {
    try (NDManager step = manager.newSubManager()) {
      inputs.get(0).tempAttach(step);
      targets.get(0).tempAttach(step);
      return loss.evaluate(targets.get(0), trainer.evaluate(inputs.get(0))).getFloat();
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
