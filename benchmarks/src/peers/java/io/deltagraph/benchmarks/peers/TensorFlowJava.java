package io.deltagraph.benchmarks.peers;

import io.deltagraph.optimizers.Adam;
import io.deltagraph.workloads.Workload;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow's Java API in graph mode. Updates wait for all gradients, since they change in place
 * what the backward pass still reads; nets of one layer have no such reader, and go without.
 */
final class TensorFlowJava implements Engine {
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> x;
  private final Placeholder<TFloat32> t;
  private final Operand<TFloat32> loss;
  private final List<Op> updates = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> targets = new ArrayList<>();

  TensorFlowJava(Workload workload, int threads) {
    Ops tf = Ops.create(graph);
    int layers = workload.layers();
    int outputs = workload.sizes().get(layers);
    int rows = workload.batch();
    x = placeholder(tf, rows, workload.sizes().get(0));
    t = placeholder(tf, rows, outputs);
    List<Op> first = new ArrayList<>();
    List<Variable<TFloat32>> variables = new ArrayList<>();
    Operand<TFloat32> value = x;
    for (int layer = 1; layer <= layers; layer++) {
      int in = workload.sizes().get(layer - 1);
      int out = workload.sizes().get(layer);
      Variable<TFloat32> weights = tf.variable(Shape.of(in, out), TFloat32.class);
      Variable<TFloat32> bias = tf.variable(Shape.of(out), TFloat32.class);
      first.add(
          tf.assign(
              weights, tf.constantOf(tensor(Floats.weightsInByOut(workload, layer), in, out))));
      first.add(tf.assign(bias, tf.constantOf(tensor(new float[out], out))));
      variables.add(weights);
      variables.add(bias);
      value = tf.nn.biasAdd(tf.linalg.matMul(value, weights), bias);
      if (layer < layers) {
        value = activation(tf, workload.hidden().name(), value);
      }
    }
    loss = loss(tf, workload, value);
    Gradients gradients = tf.gradients(loss, variables);
    update(tf, workload, variables, gradients, first);
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .build());
    Session.Runner runner = session.runner();
    first.forEach(runner::addTarget);
    runner.run().close();
    for (int i = 0; i < workload.batches(); i++) {
      inputs.add(tensor(Floats.inputs(workload, i), rows, workload.sizes().get(0)));
      targets.add(tensor(Floats.targets(workload, i), rows, outputs));
    }
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, int rows, int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(rows, columns)));
  }

  private static TFloat32 tensor(float[] elements, long... sizes) {
    return TFloat32.tensorOf(Shape.of(sizes), DataBuffers.of(elements));
  }

  private static Operand<TFloat32> activation(Ops tf, String name, Operand<TFloat32> z) {
    return switch (name) {
      case "relu" -> tf.nn.relu(z);
      case "sigmoid" -> tf.math.sigmoid(z);
      case "tanh" -> tf.math.tanh(z);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Operand<TFloat32> loss(Ops tf, Workload workload, Operand<TFloat32> z) {
    return switch (workload.objective()) {
      case SOFTMAX ->
          tf.math.mean(
              tf.nn.softmaxCrossEntropyWithLogits(z, t).loss(), tf.constant(new int[] {0}));
      case LOGISTIC -> {
        Operand<TFloat32> linear = tf.math.sub(tf.nn.relu(z), tf.math.mul(z, t));
        Operand<TFloat32> rest = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z))));
        yield tf.math.mean(tf.math.add(linear, rest), tf.constant(new int[] {0, 1}));
      }
      case HALF_SQUARED_ERROR -> halfSquaredError(tf, workload, z);
      case HALF_SQUARED_ERROR_OF_SIGMOIDS -> halfSquaredError(tf, workload, tf.math.sigmoid(z));
    };
  }

  private Operand<TFloat32> halfSquaredError(Ops tf, Workload workload, Operand<TFloat32> a) {
    Operand<TFloat32> sum =
        tf.reduceSum(tf.math.squaredDifference(a, t), tf.constant(new int[] {0, 1}));
    return tf.math.mul(sum, tf.constant(0.5f / workload.batch()));
  }

  private void update(
      Ops tf,
      Workload workload,
      List<Variable<TFloat32>> variables,
      Gradients gradients,
      List<Op> first) {
    List<Op> all = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      all.add(gradients.dy(i));
    }
    Ops after = workload.layers() == 1 ? tf : tf.withControlDependencies(all);
    Operand<TFloat32> rate = tf.constant((float) Rates.of(workload));
    if (!(workload.optimizer() instanceof Adam adam)) {
      for (int i = 0; i < variables.size(); i++) {
        updates.add(
            after.train.applyGradientDescent(variables.get(i), rate, gradients.<TFloat32>dy(i)));
      }
      return;
    }
    Operand<TFloat32> beta1 = tf.constant((float) adam.beta1());
    Operand<TFloat32> beta2 = tf.constant((float) adam.beta2());
    Operand<TFloat32> epsilon = tf.constant((float) adam.epsilon());
    Variable<TFloat32> power1 = tf.variable(Shape.scalar(), TFloat32.class);
    Variable<TFloat32> power2 = tf.variable(Shape.scalar(), TFloat32.class);
    first.add(tf.assign(power1, beta1));
    first.add(tf.assign(power2, beta2));
    List<Op> steps = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable<TFloat32> variable = variables.get(i);
      Variable<TFloat32> m = tf.variable(variable.shape(), TFloat32.class);
      Variable<TFloat32> v = tf.variable(variable.shape(), TFloat32.class);
      first.add(tf.assign(m, tf.zeros(tf.constant(variable.shape()), TFloat32.class)));
      first.add(tf.assign(v, tf.zeros(tf.constant(variable.shape()), TFloat32.class)));
      steps.add(
          after.train.applyAdam(
              variable,
              m,
              v,
              power1,
              power2,
              rate,
              beta1,
              beta2,
              epsilon,
              gradients.<TFloat32>dy(i)));
    }
    Ops last = tf.withControlDependencies(steps);
    updates.add(last.assign(power1, last.math.mul(power1, beta1)));
    updates.add(last.assign(power2, last.math.mul(power2, beta2)));
  }

  @Override
  public void step(int number) {
    int batch = number % inputs.size();
    Session.Runner runner = session.runner().feed(x, inputs.get(batch)).feed(t, targets.get(batch));
    updates.forEach(runner::addTarget);
    runner.run().close();
  }

  @Override
  public double loss() {
    Session.Runner runner = session.runner().feed(x, inputs.get(0)).feed(t, targets.get(0));
    try (Result result = runner.fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
