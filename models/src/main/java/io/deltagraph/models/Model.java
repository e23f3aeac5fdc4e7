package io.deltagraph.models;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph that can be trained: any graph over a named number of rows {@code N} with a scalar loss.
 * {@link ModelBuilder} makes one layer by layer, {@link Network#model()} is that of a plan.
 *
 * @param inputs what predictions are made from
 * @param targets what the loss needs beside the inputs
 * @param outputs what the model predicts, by name; the first is the one that is scored
 * @param loss the scalar to be minimised, penalties included
 * @param initial each parameter's value before training, state such as running statistics included
 * @param updates what each step makes of the state, beside the optimizer's updates
 * @param inferenceForms what stands in the place of values that are right in training alone
 * @param plan what it was built from, where it is a chain of dense layers
 */
public record Model(
    List<Input> inputs,
    List<Input> targets,
    Map<String, Value> outputs,
    Value loss,
    Map<GraphParameter, Tensor> initial,
    Map<GraphParameter, Value> updates,
    Map<Value, Value> inferenceForms,
    Optional<NetworkPlan> plan) {

  /** Checks that there is an output, that the loss is a scalar and that each parameter is known. */
  public Model {
    inputs = ImmutableList.copyOf(inputs);
    targets = ImmutableList.copyOf(targets);
    outputs = ImmutableMap.copyOf(outputs);
    initial = ImmutableMap.copyOf(initial);
    updates = ImmutableMap.copyOf(updates);
    inferenceForms = ImmutableMap.copyOf(inferenceForms);
    Preconditions.checkArgument(
        !outputs.isEmpty() && !outputs.containsKey(Network.LOSS),
        "A model has at least one output, and none is called '%s'; got %s.",
        Network.LOSS,
        outputs.keySet());
    Preconditions.checkArgument(
        loss.type().equals(TensorType.scalar(loss.dtype())) && loss.dtype().isFloat(),
        "The loss of a model is one number, got %s: sum or average it.",
        loss);
    for (GraphParameter parameter : loss.builder().graph(outputs, updates).parameters()) {
      Preconditions.checkArgument(
          initial.containsKey(parameter), "There is no first value for %s.", parameter);
    }
  }

  /** A builder that draws weights from a seed, in f32, with the ops on the class or module path. */
  public static ModelBuilder builder(long seed) {
    return ModelBuilder.of(seed);
  }

  /** What made its values. */
  public GraphBuilder builder() {
    return loss.builder();
  }

  /** What training sets by gradients, in the order in which it was made: all but the state. */
  public List<GraphParameter> trainable() {
    return initial.keySet().stream()
        .filter(parameter -> !updates.containsKey(parameter))
        .collect(ImmutableList.toImmutableList());
  }

  /** The number of numbers that training sets by gradients. */
  public int parameterCount() {
    return trainable().stream().mapToInt(parameter -> parameter.shape().elements()).sum();
  }

  /** The name of the output that is scored. */
  public String output() {
    return outputs.keySet().iterator().next();
  }

  /** From inputs and targets to outputs, loss and new state, as a training step computes them. */
  public Graph training() {
    return builder().graph(withLoss(), updates);
  }

  /** From inputs to outputs, as predictions are made: nothing is random, and state stays. */
  public Graph inference() {
    return inferring(outputs);
  }

  /** From inputs and targets to outputs and loss, as rows are scored that are not trained on. */
  public Graph evaluation() {
    return inferring(withLoss());
  }

  private Graph inferring(Map<String, Value> values) {
    Substitution forms = new Substitution();
    // In the order in which they were made: what takes one's place may be computed from another.
    inferenceForms.forEach((training, form) -> forms.put(training, forms.in(form)));
    return forms.in(builder().graph(values));
  }

  private Map<String, Value> withLoss() {
    return ImmutableMap.<String, Value>builder()
        .putAll(outputs)
        .put(Network.LOSS, loss)
        .buildOrThrow();
  }

  /** This model with other first values for some parameters, by name, such as trained ones. */
  public Model startingFrom(Map<String, Tensor> values) {
    ImmutableMap.Builder<GraphParameter, Tensor> first = ImmutableMap.builder();
    initial.forEach((parameter, value) -> {
      Tensor given = values.getOrDefault(parameter.label(), value);
      Preconditions.checkArgument(
          given.type().equals(parameter.type()), "%s cannot start from %s.", parameter, given);
      first.put(parameter, given);
    });
    return new Model(
        inputs, targets, outputs, loss, first.buildOrThrow(), updates, inferenceForms, plan);
  }

  /**
   * This model in another dtype, f64 or f32, made anew: what its author chose in the old one, the
   * dtypes of casts included, is in the new one.
   */
  public Model in(DType dtype) {
    Preconditions.checkArgument(dtype.isFloat(), "Weights are f64 or f32, got %s.", dtype);
    return dtype == loss.dtype() ? this : new Retyping(this, dtype).model();
  }
}
