package io.deltagraph.optimizers;

import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What an update rule sees of one parameter at one step. */
public final class ParameterUpdate {
  private final String rule;
  private final GraphParameter parameter;
  private final Value gradient;
  private final Value step;
  private final Value learningRate;
  private final Map<GraphParameter, Value> updates;
  private final Map<GraphParameter, Tensor> initialState;

  ParameterUpdate(
      String rule,
      GraphParameter parameter,
      Value gradient,
      Value step,
      Value learningRate,
      Map<GraphParameter, Value> updates,
      Map<GraphParameter, Tensor> initialState) {
    this.rule = rule;
    this.parameter = parameter;
    this.gradient = gradient;
    this.step = step;
    this.learningRate = learningRate;
    this.updates = updates;
    this.initialState = initialState;
  }

  /** The parameter's value before the step. */
  public GraphParameter parameter() {
    return parameter;
  }

  /** The gradient of the loss with respect to the parameter, of its type. */
  public Value gradient() {
    return gradient;
  }

  /** The number of this step, an f64 scalar: 1 for the first. */
  public Value step() {
    return step;
  }

  /** The learning rate of this step, an f64 scalar. */
  public Value learningRate() {
    return learningRate;
  }

  /**
   * A value times an f64 scalar, which is rounded to the value's dtype only now: in f32, {@code 1 −
   * 0.999} alone would be wrong in the fifth digit.
   */
  public Value scaled(Value value, Value scalar) {
    return value.times(
        scalar instanceof Constant constant
            ? value.constant(constant.tensor().item())
            : scalar.cast(value.dtype()));
  }

  /**
   * State of the parameter's type, kept as the parameter {@code layer1.weight/adam.first}; returns
   * its new value.
   *
   * @param name what is kept, such as {@code first}; each name once
   * @param initial what it holds everywhere before the first step
   * @param next its new value, made of its old one
   */
  public Value state(String name, double initial, UnaryOperator<Value> next) {
    GraphParameter old = old(name, initial);
    Value updated = next.apply(old);
    becomes(old, updated);
    return updated;
  }

  /**
   * State as in {@link #state} where the new value needs more than the old one: returns the old
   * one, to be followed by {@link #becomes}.
   */
  public GraphParameter old(String name, double initial) {
    GraphParameter state =
        OptimizerStep.state(
            parameter.builder(), parameter.label() + "/" + rule + "." + name, parameter.type());
    initialState.put(state, Tensor.filled(parameter.type(), initial));
    return state;
  }

  /** Gives state from {@link #old} its new value. */
  public void becomes(GraphParameter state, Value next) {
    updates.put(state, next);
  }

  /** State that is a moving average, {@code s ← decay s + (1 − decay) x}, from 0. */
  Value average(String name, double decay, Value x) {
    return state(name, 0, old -> old.times(decay).plus(x.times(1 - decay)));
  }
}
