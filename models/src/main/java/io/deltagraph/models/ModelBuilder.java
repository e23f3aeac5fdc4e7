package io.deltagraph.models;

import com.google.common.collect.ImmutableList;
import io.deltagraph.activations.Identity;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Puts a model together: values from inputs, layers as functions from a value to a value, a loss.
 * Layers are called {@code layer1}, {@code layer2}, … in the order in which they are made, unless
 * they are given names; what a layer draws depends on the seed and its number alone. Mistakes in
 * shapes are refused at once, with the caller's line.
 */
public final class ModelBuilder {
  static final double FURTHER_PARAMETER = 0.25; // prelu's usual start (He et al. 2015)

  private final GraphBuilder builder;
  private final DType dtype;
  private final Seeds seeds;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Input> targets = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Map<GraphParameter, Tensor> initial = new LinkedHashMap<>();
  private final Map<GraphParameter, Value> updates = new LinkedHashMap<>();
  private final Map<Value, Value> inference = new LinkedHashMap<>();
  private final Modes modes;
  private int layers;
  private int others;

  /**
   * A builder of a model in a dtype of its own.
   *
   * @param ops where its ops are found
   * @param dtype of weights and data, f32 or f64
   * @param seeds where weights are drawn from
   */
  public ModelBuilder(OpLookup ops, DType dtype, Seeds seeds) {
    if (!dtype.isFloat()) {
      throw new IllegalArgumentException("Weights are f64 or f32, got " + dtype + ".");
    }
    this.builder = new GraphBuilder(ops);
    this.dtype = dtype;
    this.seeds = seeds;
    this.modes = new Modes(this, seeds);
  }

  /** A builder that draws from a seed, in f32, with the ops on the class path or module path. */
  static ModelBuilder of(long seed) {
    return new ModelBuilder(OpRegistry.load(), DType.F32, Seeds.of(seed));
  }

  /** What makes its values, for whatever is not said here. */
  public GraphBuilder graph() {
    return builder;
  }

  /**
   * An input of numbers, {@code N × sizes}.
   *
   * @param name what the tensor is called that is fed to it
   * @param sizes those of one row; none for one number a row
   */
  public Input input(String name, int... sizes) {
    return input(name, new TensorType(dtype, Shape.batch(Network.BATCH, sizes)));
  }

  /** An input of any type. */
  public Input input(String name, TensorType type) {
    return listed(inputs, name, type);
  }

  /** An input for the loss alone, {@code N × sizes}. */
  public Input target(String name, int... sizes) {
    return target(name, new TensorType(dtype, Shape.batch(Network.BATCH, sizes)));
  }

  /** Class indices for the loss alone, N of them. */
  public Input classTarget(String name) {
    return target(name, new TensorType(DType.I32, Shape.of(Dim.named(Network.BATCH))));
  }

  /** An input of any type for the loss alone. */
  public Input target(String name, TensorType type) {
    return listed(targets, name, type);
  }

  private Input listed(List<Input> all, String name, TensorType type) {
    Input input = builder.input(name, type);
    all.add(input);
    return input;
  }

  /** A parameter of the model's dtype, which training sets. */
  public GraphParameter parameter(String name, Shape shape, DoubleSupplier draw) {
    TensorType type = new TensorType(dtype, shape);
    return parameter(name, Tensor.generate(type, i -> draw.getAsDouble()));
  }

  /** A parameter with its first value, which training sets unless it is state. */
  public GraphParameter parameter(String name, Tensor first) {
    GraphParameter parameter = builder.parameter(name, first.type());
    initial.put(parameter, first);
    return parameter;
  }

  /** Makes a parameter state: each training step sets it to that, and gradients leave it alone. */
  public void update(GraphParameter state, Value next) {
    updates.put(state, next);
  }

  /**
   * A value that is right in training alone, such as one with random numbers in it.
   *
   * @param training what training computes
   * @param form what stands in its place where rows are predicted or scored, of the same type
   * @return {@code training}
   */
  public Value inTraining(Value training, Value form) {
    if (!training.type().equals(form.type())) {
      throw new IllegalArgumentException(
          "In training it is %s, and in inference %s: both need one type."
              .formatted(training.type(), form.type()));
    }
    inference.put(training, form);
    return training;
  }

  /** A dense layer without an activation, applied to a value, n × in. */
  public Value dense(Value x, int units) {
    return dense(x, units, Identity.ID.name());
  }

  /** A dense layer applied to a value, n × in. */
  public Value dense(Value x, int units, String activation) {
    return dense(x.shape().dim(-1).size(), units, activation).apply(x);
  }

  /** A dense layer to be applied to several values, with weights from Glorot's distribution. */
  public Dense dense(int features, int units, String activation) {
    return dense(features, new LayerPlan(units, OpChoice.of(activation), new Initialiser.Glorot()));
  }

  /** A dense layer from its plan. */
  public Dense dense(int features, LayerPlan plan) {
    int number = ++layers;
    RandomStream random = seeds.derive("initialise", number).stream();
    GraphParameter weights =
        parameter(
            Layer.weight(number),
            Shape.of(plan.units(), features),
            () -> plan.initialiser().draw(random, features, plan.units()));
    GraphParameter bias = parameter(Layer.bias(number), Shape.of(plan.units()), () -> 0);
    List<GraphParameter> slopes =
        builder.ops().op(plan.activation().id()).signature().inputs().stream()
            .skip(1)
            .map(OpSignature.Param::name)
            .map(name ->
                parameter(Layer.further(number, name), Shape.scalar(), () -> FURTHER_PARAMETER))
            .collect(ImmutableList.toImmutableList());
    return new Dense(weights, bias, plan.activation(), slopes);
  }

  /**
   * Each number of x times {@code 1 / (1 − rate)} or, with probability {@code rate}, 0: in training
   * alone. What is dropped depends on the seed and the number of the step, on nothing else; the
   * seed is state, {@code dropout1.seed}, so that training can be resumed.
   *
   * @param rate from 0 to below 1
   */
  public Value dropout(Value x, double rate) {
    return modes.dropout("dropout" + ++others, x, rate);
  }

  /**
   * Each feature, the last axis, with mean 0 and variance 1 over the batch, times γ plus β, which
   * are trained. In inference mean and variance are running ones, which are state.
   */
  public Value batchNormalisation(Value x) {
    return modes.batch("normalisation" + ++others, x);
  }

  /** Each row with mean 0 and variance 1 over its last axis, times γ plus β, which are trained. */
  public Value layerNormalisation(Value x) {
    return modes.layer("normalisation" + ++others, x);
  }

  Modes modes() {
    return modes;
  }

  /** Adds an output; the first is the one that is scored. */
  public ModelBuilder output(String name, Value value) {
    outputs.put(name, value);
    return this;
  }

  /** The model of these outputs that a loss is minimised for. */
  public Model minimising(Value loss) {
    return model(loss, Optional.empty());
  }

  /** The same for one output alone, under the usual name. */
  public Model minimising(Value loss, Value output) {
    return output(Network.OUTPUTS, output).minimising(loss);
  }

  Model model(Value loss, Optional<NetworkPlan> plan) {
    return new Model(inputs, targets, outputs, loss, initial, updates, inference, plan);
  }
}
