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
import java.util.ArrayList;
import java.util.List;

/** {@code y[i…, 0, j…] = x[i…, j…]}: with axes of size 1 put in, at their places in the output. */
public final class Unsqueeze implements View<Unsqueeze.Of> {

  /** Where the axes of size 1 stand in the output. */
  public record Of(List<Integer> axes) {
    public Of {
      axes = ImmutableList.copyOf(axes);
    }
  }

  /** The op applied. */
  public static Value of(Value x, List<Integer> axes) {
    return x.op("unsqueeze", new Of(ImmutableList.copyOf(axes)));
  }

  @Override
  public OpId id() {
    return OpId.of("unsqueeze");
  }

  @Override
  public List<String> synonyms() {
    return List.of("expand_dims");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(Of::new, OpAttribute.integers("axes", Of::axes));
  }

  @Override
  public TensorType infer(Of of, InputTypes inputs) {
    Shape shape = inputs.get(0).shape();
    int rank = shape.rank() + of.axes().size();
    List<Integer> added =
        of.axes().stream().map(axis -> axis < 0 ? axis + rank : axis).sorted().distinct().toList();
    inputs.require(
        added.size() == of.axes().size()
            && added.stream().allMatch(axis -> axis >= 0 && axis < rank),
        "the axes " + of.axes() + " are not different axes of an output of rank " + rank);
    List<Dim> dims = new ArrayList<>(shape.dims());
    added.forEach(axis -> dims.add(axis, Dim.of(1)));
    return inputs.get(0).with(Shape.of(dims));
  }

  @Override
  public IndexMap map(Of of, TensorType input, TensorType output) {
    return IndexMap.identity(output.shape().sizes());
  }

  /** {@code dx = g} under the shape of x. */
  @Override
  public List<Cotangent> backward(Adjoint<Of> at) {
    return at.flow(at.gradient().reshape(at.input(0).shape()));
  }
}
