package io.deltagraph.workloads;

import com.google.common.collect.ImmutableList;
import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Relu;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Softmax;
import io.deltagraph.activations.Tanh;
import io.deltagraph.data.InputException;
import io.deltagraph.graph.OpId;
import io.deltagraph.losses.BinaryCrossEntropyWithLogits;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.SoftmaxCrossEntropy;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * A net, its loss, its optimizer and its batches. Weights and data follow from the name alone, so
 * that engines can be compared on the same numbers: weights are uniform in {@code ±√(6/(in +
 * out))}, biases 0, and step i takes batch {@code i mod batches}.
 *
 * @param name W1 to W7, or what a curve calls its points
 * @param sizes the inputs of a sample, then the units of each layer
 * @param batch the number of rows of a batch
 * @param batches the number of batches
 * @param hidden the activation of all layers but the last
 * @param objective the last layer's activation and the loss
 * @param optimizer what updates the weights
 */
public record Workload(
    String name,
    List<Integer> sizes,
    int batch,
    int batches,
    OpId hidden,
    Objective objective,
    Optimizer optimizer) {

  /** What the outputs are and what is minimised. */
  public enum Objective {
    /** One-hot targets and sigmoids: {@code 1/(2n) Σ (a − t)²}. */
    HALF_SQUARED_ERROR_OF_SIGMOIDS,
    /** Targets in ±1 and linear outputs: {@code 1/(2n) Σ (a − t)²}. */
    HALF_SQUARED_ERROR,
    /** Targets 0 or 1: the mean of {@code −[t ln σ(z) + (1 − t) ln(1 − σ(z))]}. */
    LOGISTIC,
    /** One-hot targets: the mean of {@code −Σ t ln softmax(z)}. */
    SOFTMAX;

    private OpId activation() {
      return switch (this) {
        case HALF_SQUARED_ERROR_OF_SIGMOIDS, LOGISTIC -> Sigmoid.ID;
        case HALF_SQUARED_ERROR -> Identity.ID;
        case SOFTMAX -> Softmax.ID;
      };
    }

    private OpId loss() {
      return switch (this) {
        case HALF_SQUARED_ERROR_OF_SIGMOIDS, HALF_SQUARED_ERROR -> HalfSquaredError.ID;
        case LOGISTIC -> BinaryCrossEntropyWithLogits.ID;
        case SOFTMAX -> SoftmaxCrossEntropy.ID;
      };
    }
  }

  private static final long INPUT_SEED = 1;
  private static final long TARGET_SEED = 500;
  private static final long WEIGHT_SEED = 1000;

  /** W1 to W7. */
  public static final List<Workload> ALL =
      ImmutableList.of(
          new Workload(
              "W1",
              List.of(784, 100, 10),
              10,
              8,
              Sigmoid.ID,
              Objective.HALF_SQUARED_ERROR_OF_SIGMOIDS,
              new GradientDescent(0.5)),
          new Workload(
              "W2",
              List.of(784, 128, 10),
              64,
              8,
              Relu.ID,
              Objective.SOFTMAX,
              new GradientDescent(0.1)),
          new Workload(
              "W3",
              List.of(784, 512, 512, 10),
              256,
              8,
              Relu.ID,
              Objective.SOFTMAX,
              new Adam(0.001)),
          new Workload(
              "W4",
              List.of(30, 1),
              32,
              8,
              Identity.ID,
              Objective.LOGISTIC,
              new GradientDescent(0.1)),
          new Workload(
              "W5",
              List.of(13, 1),
              506,
              1,
              Identity.ID,
              Objective.HALF_SQUARED_ERROR,
              new GradientDescent(0.05)),
          new Workload(
              "W6",
              List.of(1024, 2048, 2048, 1000),
              512,
              2,
              Relu.ID,
              Objective.SOFTMAX,
              new GradientDescent(0.01)),
          new Workload(
              "W7",
              List.of(2, 16, 16, 16, 16, 16, 16, 1),
              32,
              8,
              Tanh.ID,
              Objective.HALF_SQUARED_ERROR,
              new GradientDescent(0.05)));

  /**
   * The workload of that name.
   *
   * @throws InputException naming near ones, if there is none
   */
  public static Workload named(String name) {
    return ALL.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> {
          List<String> names = ALL.stream().map(Workload::name).toList();
          return new InputException(
              "bench",
              "the workload " + InputException.quoted(name),
              "one of " + String.join(", ", names),
              InputException.suggestion(name, names, "leave the names out to run all of them"));
        });
  }

  /** The number of layers. */
  public int layers() {
    return sizes.size() - 1;
  }

  /** The net. */
  public NetworkPlan network(DType dtype) {
    ImmutableList.Builder<LayerPlan> layers = ImmutableList.builder();
    for (int layer = 1; layer <= layers(); layer++) {
      OpId activation = layer == layers() ? objective.activation() : hidden;
      layers.add(new LayerPlan(sizes.get(layer), OpChoice.of(activation), new Initialiser.Zeros()));
    }
    return new NetworkPlan(
        sizes.get(0), layers.build(), false, OpChoice.of(objective.loss()), 0, 0, dtype);
  }

  /** The first weights of a layer, out × in; layers count from 1. */
  public Tensor weights(int layer, DType dtype) {
    int in = sizes.get(layer - 1);
    int out = sizes.get(layer);
    float bound = (float) Math.sqrt(6.0 / (in + out));
    double[] elements = new double[out * in];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        // Counted in the order in × out.
        elements[j * in + i] = Numbers.signed(WEIGHT_SEED + layer - 1, (long) i * out + j) * bound;
      }
    }
    return Tensor.of(TensorType.of(dtype, out, in), elements);
  }

  /** The first biases of a layer; layers count from 1. */
  public Tensor biases(int layer, DType dtype) {
    return Tensor.zeros(new TensorType(dtype, Shape.of(sizes.get(layer))));
  }

  /** The rows of a batch: as grey levels from 0 to 1 where there are 784 columns, else in ±1. */
  public Tensor inputs(int number, DType dtype) {
    boolean grey = sizes.get(0) == 784;
    double[] elements = new double[batch * sizes.get(0)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          grey ? Numbers.fraction(INPUT_SEED + number, i) : Numbers.signed(INPUT_SEED + number, i);
    }
    return Tensor.of(TensorType.of(dtype, batch, sizes.get(0)), elements);
  }

  /** The targets of a batch, rows × outputs. */
  public Tensor targets(int number, DType dtype) {
    int outputs = sizes.get(layers());
    long seed = TARGET_SEED + number;
    double[] elements = new double[batch * outputs];
    for (int row = 0; row < batch; row++) {
      switch (objective) {
        case HALF_SQUARED_ERROR_OF_SIGMOIDS, SOFTMAX ->
            elements[row * outputs + (int) (Numbers.fraction(seed, row) * outputs)] = 1;
        case LOGISTIC -> elements[row] = Numbers.fraction(seed, row) < 0.5f ? 0 : 1;
        case HALF_SQUARED_ERROR -> elements[row] = Numbers.signed(seed, row);
      }
    }
    return Tensor.of(TensorType.of(dtype, batch, outputs), elements);
  }
}
