package io.deltagraph.ops;

import com.google.common.base.Preconditions;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * The {@code k} largest elements along one axis of known size, the largest first, as {@code
 * values}, and where they are as {@code indices} (i32). Of equal elements the first comes first;
 * NaN counts as larger than every number.
 */
public final class TopK implements Kernel.Several<TopK.Largest> {
  /** How many, and the axis. */
  public record Largest(int k, int axis) {
    /** Checks the number. */
    public Largest {
      Preconditions.checkArgument(k > 0, "k is at least 1, got %s.", k);
    }
  }

  /** The largest elements, and where each of them is. */
  public record Top(Value values, Value indices) {}

  /** The op applied. */
  public static Top of(Value x, int k, int axis) {
    Tuple node = x.tuple("top_k", new Largest(k, axis));
    return new Top(node.part("values"), node.part("indices"));
  }

  @Override
  public OpId id() {
    return OpId.of("top_k");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x").giving("values", "indices");
  }

  @Override
  public Schema<Largest> schema() {
    return Schema.of(
        Largest::new,
        OpAttribute.integer("k", Largest::k),
        OpAttribute.integer("axis", Largest::axis).orElse(-1));
  }

  @Override
  public List<TensorType> inferAll(Largest largest, InputTypes inputs) {
    int axis = inputs.axis(0, largest.axis());
    Dim dim = inputs.get(0).shape().dim(axis);
    inputs.require(dim.isFixed(), "the named dimension " + dim + " may have fewer elements");
    inputs.require(largest.k() <= dim.size(), "axis " + axis + " has " + dim + " elements");
    TensorType values = inputs.get(0).with(inputs.get(0).shape().with(axis, Dim.of(largest.k())));
    return List.of(values, values.with(DType.I32));
  }

  @Override
  public void forwardAll(Largest largest, List<TensorReader> inputs, List<TensorWriter> outputs) {
    TensorReader x = inputs.getFirst();
    Strip from = Strip.of(x.type(), largest.axis());
    Strip to = Strip.of(outputs.getFirst().type(), largest.axis());
    from.forEach((outer, inner) -> {
      int[] order = ArgSort.order(x, from, outer, inner, true);
      for (int k = 0; k < to.size(); k++) {
        int place = to.at(outer, k, inner);
        outputs.get(0).set(place, x.get(from.at(outer, order[k], inner)));
        outputs.get(1).set(place, order[k]);
      }
    });
  }

  /** {@code dx = 0}, with each element of the values' g added where it was. */
  @Override
  public List<Cotangent> backward(Adjoint<Largest> at) {
    Value x = at.input(0);
    Value none = x.constant(0).broadcastTo(x.shape());
    return at.flow(AddAlongAxis.of(none, at.output(1), at.gradient(0), at.attributes().axis()));
  }

  /** {@code xᵢ − xⱼ} for all pairs along the axis. */
  @Override
  public List<Value> kinks(Adjoint<Largest> at) {
    return ArgSort.differences(at.input(0), at.attributes().axis());
  }
}
