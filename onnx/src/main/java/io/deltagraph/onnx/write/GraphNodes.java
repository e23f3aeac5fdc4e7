package io.deltagraph.onnx.write;

import com.google.common.collect.ImmutableList;
import io.deltagraph.exchange.OnnxForm;
import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.exchange.OnnxRefusal;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.note.OpNote;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.Shape;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The values of a graph as nodes of a file, each by the kind of its op or in the op's own form. */
final class GraphNodes {
  private final NodeList nodes;
  private final Sizes sizes;
  private final Map<String, Tensor> parameters;
  private final Map<OpId, OnnxForm> forms = new HashMap<>();
  private final Map<Value, String> names = new LinkedHashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();

  GraphNodes(NodeList nodes, Sizes sizes, Graph graph, Map<String, Tensor> parameters) {
    this.nodes = nodes;
    this.sizes = sizes;
    this.parameters = parameters;
    for (OnnxForms found : graph.ops().plugins(OnnxForms.class)) {
      found.forms().forEach(forms::putIfAbsent);
    }
  }

  NodeList nodes() {
    return nodes;
  }

  Sizes sizes() {
    return sizes;
  }

  /** Says what an input is called in the file. */
  void name(Value value, String name) {
    names.put(value, name);
  }

  /** What the values of the graph that were written are called in the file, in order. */
  Map<Value, String> names() {
    return names;
  }

  String name(Value value) {
    return Objects.requireNonNull(names.get(value), "a value that is not written yet");
  }

  /** Writes everything that the graph's outputs are computed from. */
  void write(Graph graph) throws OnnxException {
    try {
      graph.outputs().values().forEach(value -> uses.merge(value, 1, Integer::sum));
      write(graph.outputs().values());
    } catch (Refused refused) {
      throw refused.told;
    }
  }

  /** What a node is refused with, through the forms that ask for others. */
  private static final class Refused extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final OnnxException told;

    Refused(OnnxException told) {
      super(told);
      this.told = told;
    }
  }

  private void write(Collection<Value> roots) {
    List<Value> all =
        Reachable.along(roots, node -> isOpened(node) ? bodies(node) : node.inputs()).stream()
            .filter(value -> !names.containsKey(value))
            .toList();
    all.forEach(this::count);
    all.stream().filter(value -> !names.containsKey(value)).forEach(this::write);
  }

  private boolean isOpened(Apply node) {
    return node.body().isPresent() && !forms.containsKey(node.op().id());
  }

  private static List<Value> bodies(Apply node) {
    return List.of(node.body().orElseThrow());
  }

  private void count(Value value) {
    if (value instanceof Apply node) {
      (isOpened(node) ? bodies(node) : node.inputs())
          .forEach(input -> uses.merge(input, 1, Integer::sum));
    }
  }

  private void write(Value value) {
    switch (value) {
      case Input input ->
          throw new IllegalStateException("The input " + input + " has no name in the file.");
      case GraphParameter parameter -> {
        String name = parameter.name().orElse("parameter");
        names.put(value, nodes.constant(name, Objects.requireNonNull(parameters.get(name), name)));
      }
      case Constant constant -> names.put(value, nodes.constant(constant.tensor()));
      case Apply node -> apply(node);
    }
  }

  private void apply(Apply node) {
    nodes.scope(node.name().orElse(node.op().id().name()));
    int before = nodes.written();
    try {
      OnnxForm form = forms.get(node.op().id());
      List<String> written = form == null ? byKind(node) : form.write(new NodeForm(this, node));
      List<Apply> parts = node.tuple().parts();
      if (written.size() == parts.size()) {
        for (int i = 0; i < parts.size(); i++) {
          names.put(parts.get(i), written.get(i));
        }
        if (nodes.written() > before + (node.op().id().isBare() ? 1 : 0)) {
          nodes.note(OpNote.of(node, node.inputs().stream().map(this::name).toList(), written));
        }
      } else {
        names.put(node, written.getFirst());
      }
    } catch (OnnxRefusal refusal) {
      throw new Refused(
          new OnnxException(
              node.label() + ", made at " + node.site(),
              "the op " + node.op().id() + ", which has no form in ONNX: " + refusal.getMessage(),
              "ops that have one",
              "leave it out of what is exported, or let its module provide OnnxForms"));
    } finally {
      nodes.scope("");
    }
  }

  /** The form that follows from the kind of the node's op. */
  List<String> byKind(Apply node) {
    List<String> inputs = node.inputs().stream().map(this::name).toList();
    return switch (node.op()) {
      case Pointwise<Record> op -> List.of(pointwise(op, node, inputs));
      case Reduction<Record> op ->
          new ReductionWriter(nodes, sizes)
              .write(op, node.attributes(), node.inputTypes(), inputs.getFirst());
      case Contraction<Record> op ->
          List.of(
              new ContractionWriter(nodes)
                  .write(
                      op.subscripts(node.attributes(), node.inputTypes()),
                      inputs.get(0),
                      inputs.get(1)));
      case View<Record> op ->
          List.of(
              new ViewWriter(nodes, sizes)
                  .write(
                      inputs.getFirst(),
                      node.input(0).type(),
                      node.type(),
                      (from, to) -> op.map(node.attributes(), from, to)));
      case Kernel<Record> op -> List.of(kernel(op, node));
      case Composite<Record> op -> List.of(body(node));
    };
  }

  /** Written by now, unless the op has a form that did not want this node. */
  private String body(Apply node) {
    write(bodies(node));
    return name(node.body().orElseThrow());
  }

  private String pointwise(Pointwise<Record> op, Apply node, List<String> inputs) {
    Lane lane = op.forward(node.attributes(), Lanes.of(node.inputTypes()));
    Optional<String> fused = lane.op() == LaneOp.ADD ? biased(node, lane) : Optional.empty();
    String written = fused.orElseGet(() -> new LaneWriter(nodes, sizes, inputs).write(lane));
    return sizes.expand(written, reached(lane, node), node.shape());
  }

  /** The shape that the inputs which an expression uses broadcast to. */
  private static Shape reached(Lane root, Apply node) {
    List<Lane> open = new ArrayList<>(List.of(root));
    Shape shape = Shape.scalar();
    while (!open.isEmpty()) {
      Lane lane = open.removeLast();
      if (lane.op() == LaneOp.INPUT) {
        shape = shape.broadcast(node.input(lane.input()).shape()).orElseThrow();
      }
      if (shape.equals(node.shape())) {
        return shape;
      }
      open.addAll(lane.arguments());
    }
    return shape;
  }

  /** Products of two matrices plus a row are one node, if nobody else wants the products. */
  private Optional<String> biased(Apply sum, Lane lane) {
    if (lane.arguments().stream().anyMatch(argument -> argument.op() != LaneOp.INPUT)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Value product = sum.input(lane.arguments().get(i).input());
      Value bias = sum.input(lane.arguments().get(1 - i).input());
      if (product instanceof Apply node
          && node.op() instanceof Contraction<?>
          && node.type().rank() == 2
          && node.shape().equals(sum.shape())
          && bias.shape().rank() == 1
          && node.dtype().isFloat()
          && uses.getOrDefault(product, 0) == 1
          && !forms.containsKey(node.op().id())) {
        return Optional.ofNullable(nodes.withBias(name(product), name(bias)));
      }
    }
    return Optional.empty();
  }

  private String kernel(Kernel<Record> op, Apply node) {
    boolean fixed = node.inputs().stream().allMatch(input -> input.shape().isFixed());
    if (!op.readsShapesOnly(node.attributes()) || !fixed) {
      throw new OnnxRefusal("it is a kernel, loops of which only the results are known");
    }
    List<TensorReader> shapes =
        ImmutableList.copyOf(
            node.inputs().stream().map(input -> Tensor.zeros(input.type())).toList());
    return nodes.constant(
        Tensor.written(node.type(), output -> op.forward(node.attributes(), shapes, output)));
  }
}
