package io.deltagraph.onnx.write;

import io.deltagraph.exchange.OnnxNode;
import io.deltagraph.exchange.OnnxRefusal;
import io.deltagraph.graph.Apply;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;

/** A node as the form of its op sees it. */
record NodeForm(GraphNodes graph, Apply node) implements OnnxNode {
  @Override
  public <A extends Record> A attributes(Class<A> type) {
    return type.cast(node.attributes());
  }

  @Override
  public int opset() {
    return graph.nodes().opset();
  }

  @Override
  public List<String> inputs() {
    return node.inputs().stream().map(graph::name).toList();
  }

  @Override
  public TensorType type(int input) {
    return node.input(input).type();
  }

  @Override
  public TensorType output(int index) {
    return node.tuple().part(index).type();
  }

  @Override
  public String write(String operator, Map<String, ?> attributes, String... inputs) {
    return graph.nodes().add(operator, attributes, inputs);
  }

  @Override
  public List<String> writeAll(
      String operator, int outputs, Map<String, ?> attributes, String... inputs) {
    return graph.nodes().addAll("", operator, outputs, attributes, List.of(inputs));
  }

  @Override
  public String fold(String operator, String x, List<Integer> axes, boolean keepdims) {
    return new ReductionWriter(graph.nodes(), graph.sizes()).fold(operator, x, axes, keepdims);
  }

  @Override
  public String constant(Tensor value) {
    return graph.nodes().constant(value);
  }

  @Override
  public String cast(String x, TensorType from, TensorType to) {
    return graph.sizes().cast(x, from.dtype(), to.dtype());
  }

  @Override
  public String count(int input, List<Integer> axes) {
    Shape shape = type(input).shape();
    List<Dim> dims = axes.stream().map(shape::dim).toList();
    return graph.sizes().product(dims, type(input).dtype());
  }

  @Override
  public List<String> byKind() {
    return graph.byKind(node);
  }

  @Override
  public OnnxRefusal refuse(String why) {
    return new OnnxRefusal(why);
  }
}
