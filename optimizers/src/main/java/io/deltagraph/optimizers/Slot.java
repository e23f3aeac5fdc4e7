package io.deltagraph.optimizers;

import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What an optimizer sees of one parameter at one step. */
public final class Slot {
  private final String optimizer;
  private final Parameter parameter;
  private final Value gradient;
  private final Value step;
  private final Value learningRate;
  private final Map<Parameter, Value> updates;
  private final Map<Parameter, Tensor> initialState;

  Slot(
      String optimizer,
      Parameter parameter,
      Value gradient,
      Value step,
      Value learningRate,
      Map<Parameter, Value> updates,
      Map<Parameter, Tensor> initialState) {
    this.optimizer = optimizer;
    this.parameter = parameter;
    this.gradient = gradient;
    this.step = step;
    this.learningRate = learningRate;
    this.updates = updates;
    this.initialState = initialState;
  }

  /** The parameter's value before the step. */
  public Parameter parameter() {
    return parameter;
  }

  /** The gradient of the loss with respect to the parameter, of its type. */
  public Value gradient() {
    return gradient;
  }

  /** The number of this step, a scalar: 1 for the first. */
  public Value step() {
    return step;
  }

  /** The learning rate of this step, a scalar. */
  public Value learningRate() {
    return learningRate;
  }

  /**
   * State of the parameter's type, kept as the parameter {@code weight/adam.first}; returns its new
   * value.
   *
   * @param name what is kept, such as {@code first}
   * @param initial what it holds everywhere before the first step
   * @param next its new value, made of its old one
   */
  public Value state(String name, double initial, UnaryOperator<Value> next) {
    Parameter state =
        parameter
            .builder()
            .parameter(parameter.label() + "/" + optimizer + "." + name, parameter.type());
    Value updated = next.apply(state);
    initialState.put(state, Tensor.filled(parameter.type(), initial));
    updates.put(state, updated);
    return updated;
  }
}
