package io.deltagraph.report.run;

import io.deltagraph.experiments.RunDetails;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A net in f64 at one point: every value on the way to the loss, and the gradient by it.
 *
 * @param network the net
 * @param graph from inputs and targets to the loss
 * @param loss its last value
 * @param nodes all values but constants, in the order of the forward pass
 * @param values by value
 * @param gradients by value, where the loss has one
 * @param feeds inputs and parameters by name
 */
record NetPoint(
    Network network,
    Graph graph,
    Value loss,
    List<Value> nodes,
    Map<Value, Tensor> values,
    Map<Value, Tensor> gradients,
    Map<String, Tensor> feeds) {

  /** The net of a run at the weights of its first check, on the rows of that. */
  static NetPoint of(RunDetails details, OpLookup ops) {
    Network network =
        Network.build(details.check().plan().in(DType.F64), ops, Seeds.of(details.check().seed()));
    Samples rows = details.check().samples().in(DType.F64);
    Graph graph = network.evaluation();
    Value loss = graph.output(Network.LOSS);
    List<Value> nodes =
        graph.nodes().stream().filter(value -> !(value instanceof Constant)).toList();
    List<Value> floats = nodes.stream().filter(value -> value.dtype().isFloat()).toList();
    Gradient gradient = Gradient.of(loss, floats);
    Map<String, Value> outputs = new LinkedHashMap<>();
    nodes.forEach(value -> outputs.put(forward(value), value));
    floats.stream()
        .filter(gradient::reached)
        .forEach(value -> outputs.put(backward(value), gradient.wrt(value)));
    Map<String, Tensor> feeds = new HashMap<>();
    feeds.put(Network.INPUTS, rows.inputs());
    feeds.put(Network.TARGETS, rows.targets());
    Map<Value, Tensor> values = new HashMap<>();
    Map<Value, Tensor> gradients = new HashMap<>();
    Graph all = loss.builder().graph(outputs);
    try (Session session = Session.open(all)) {
      for (GraphParameter parameter : all.parameters()) {
        Tensor value = details.start().get(parameter.label());
        Tensor first = value == null ? network.initial().get(parameter) : value;
        Tensor cast = Objects.requireNonNull(first).cast(parameter.dtype());
        session.set(parameter.label(), cast);
        feeds.put(parameter.label(), cast);
      }
      Map<String, Tensor> seen =
          session.run(Map.of(Network.INPUTS, rows.inputs(), Network.TARGETS, rows.targets()));
      nodes.forEach(value -> values.put(value, Objects.requireNonNull(seen.get(forward(value)))));
      floats.forEach(value ->
          Optional.ofNullable(seen.get(backward(value)))
              .ifPresent(tensor -> gradients.put(value, tensor)));
    }
    return new NetPoint(network, graph, loss, nodes, values, gradients, feeds);
  }

  private static String forward(Value value) {
    return "value " + value.id();
  }

  private static String backward(Value value) {
    return "gradient " + value.id();
  }

  /** From the loss back: all values that the loss has a gradient by, each after all of its uses. */
  List<Value> backwardOrder() {
    return new ArrayList<>(nodes.stream().filter(gradients::containsKey).toList()).reversed();
  }

  /** What a value is computed from, without constants. */
  List<Value> inputs(Value value) {
    return value instanceof Apply apply
        ? apply.inputs().stream().filter(values::containsKey).distinct().toList()
        : List.of();
  }
}
