package io.deltagraph.models;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model made again in another dtype: what is of the first one becomes the other, attributes of
 * ops that name a dtype among it; whole numbers and masks stay.
 */
final class Retyping {
  private final Model model;
  private final DType from;
  private final DType to;
  private final GraphBuilder builder;
  private final Map<Value, Value> made = new HashMap<>();

  Retyping(Model model, DType to) {
    this.model = model;
    this.from = model.loss().dtype();
    this.to = to;
    this.builder = new GraphBuilder(model.builder().ops());
  }

  Model model() {
    List<Value> roots = new ArrayList<>(model.inputs());
    roots.addAll(model.targets());
    roots.addAll(model.outputs().values());
    roots.addAll(model.initial().keySet());
    roots.addAll(model.updates().values());
    roots.addAll(model.inferenceForms().keySet());
    roots.addAll(model.inferenceForms().values());
    roots.add(model.loss());
    for (Value value : Reachable.from(roots)) {
      Value again = again(value);
      value.name().filter(name -> again.name().isEmpty()).ifPresent(again::named);
      made.put(value, again);
    }
    return new Model(
        inputs(model.inputs()),
        inputs(model.targets()),
        values(model.outputs()),
        in(model.loss()),
        initial(),
        updates(),
        forms(),
        model.plan().map(plan -> plan.in(to)));
  }

  private Value again(Value value) {
    return switch (value) {
      case Input input -> builder.input(input.label(), type(input.type()));
      case GraphParameter parameter -> builder.parameter(parameter.label(), type(parameter.type()));
      case Constant constant -> builder.constant(cast(constant.tensor()));
      case Apply node -> again(node);
    };
  }

  private Value again(Apply node) {
    List<Value> inputs = node.inputs().stream().map(this::in).toList();
    Map<String, Object> attributes =
        new LinkedHashMap<>(node.op().schema().write(node.attributes()));
    for (OpAttribute<Record, ?> attribute : node.op().schema().attributes()) {
      if (attribute.kind() == OpAttribute.Kind.DTYPE) {
        attributes.replace(attribute.name(), from.text(), to.text());
      }
    }
    Record read = node.op().schema().read(attributes);
    return builder.tuple(node.op(), read, inputs).part(node.index());
  }

  private TensorType type(TensorType type) {
    return type.dtype() == from ? type.with(to) : type;
  }

  private Tensor cast(Tensor tensor) {
    return tensor.type().dtype() == from ? tensor.cast(to) : tensor;
  }

  private Value in(Value value) {
    return requireNonNull(made.get(value));
  }

  private List<Input> inputs(List<Input> inputs) {
    return inputs.stream()
        .map(this::in)
        .map(Input.class::cast)
        .collect(ImmutableList.toImmutableList());
  }

  private Map<String, Value> values(Map<String, Value> values) {
    ImmutableMap.Builder<String, Value> all = ImmutableMap.builder();
    values.forEach((name, value) -> all.put(name, in(value)));
    return all.buildOrThrow();
  }

  private Map<GraphParameter, Tensor> initial() {
    ImmutableMap.Builder<GraphParameter, Tensor> all = ImmutableMap.builder();
    model.initial().forEach((parameter, value) -> all.put(parameter(parameter), cast(value)));
    return all.buildOrThrow();
  }

  private Map<GraphParameter, Value> updates() {
    ImmutableMap.Builder<GraphParameter, Value> all = ImmutableMap.builder();
    model.updates().forEach((parameter, value) -> all.put(parameter(parameter), in(value)));
    return all.buildOrThrow();
  }

  private Map<Value, Value> forms() {
    ImmutableMap.Builder<Value, Value> all = ImmutableMap.builder();
    model.inferenceForms().forEach((training, form) -> all.put(in(training), in(form)));
    return all.buildOrThrow();
  }

  private GraphParameter parameter(GraphParameter parameter) {
    return (GraphParameter) in(parameter);
  }
}
