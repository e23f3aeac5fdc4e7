package io.deltagraph.ops;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code y[i…] = x[…]} with the axes in another order: axis k of y is axis {@code axes[k]} of x.
 */
public final class Permute implements View<Permute.Order> {

  /** Every axis of x once. */
  public record Order(List<Integer> axes) {
    public Order {
      axes = ImmutableList.copyOf(axes);
    }
  }

  /** The op applied. */
  public static Value of(Value x, List<Integer> axes) {
    return x.op("permute", new Order(ImmutableList.copyOf(axes)));
  }

  @Override
  public OpId id() {
    return OpId.of("permute");
  }

  @Override
  public List<String> synonyms() {
    return List.of("moveaxis", "permute_dims");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<Order> schema() {
    return Schema.of(Order::new, OpAttribute.integers("axes", Order::axes));
  }

  @Override
  public TensorType infer(Order order, InputTypes inputs) {
    List<Integer> axes = order.axes().stream().map(axis -> inputs.axis(0, axis)).toList();
    Shape shape = inputs.get(0).shape();
    inputs.require(
        axes.size() == shape.rank() && axes.stream().distinct().count() == shape.rank(),
        "the axes " + order.axes() + " do not name each axis of " + shape + " once");
    List<Dim> dims = axes.stream().map(shape::dim).toList();
    return inputs.get(0).with(Shape.of(dims));
  }

  @Override
  public IndexMap map(Order order, TensorType input, TensorType output) {
    int[] strides = IndexMap.rowMajor(input.shape().sizes());
    return IndexMap.of(
        0, order.axes().stream().mapToInt(axis -> strides[input.shape().axis(axis)]).toArray());
  }

  /** {@code dx = g} with the axes back in their order. */
  @Override
  public List<Cotangent> backward(Adjoint<Order> at) {
    Shape shape = at.input(0).shape();
    List<Integer> axes = at.attributes().axes().stream().map(shape::axis).toList();
    List<Integer> back = IntStream.range(0, shape.rank()).map(axes::indexOf).boxed().toList();
    return at.flow(at.gradient().permute(back));
  }
}
