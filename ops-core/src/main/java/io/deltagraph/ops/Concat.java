package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** {@code y = [x₀; x₁; …]}: the inputs one after the other along an axis of known sizes. */
public final class Concat implements Kernel<Concat.Along> {
  /** The axis. */
  public record Along(int axis) {}

  /** The op applied to at least one value. */
  public static Value of(int axis, Value first, Value... others) {
    return first.op("concat", new Along(axis), others);
  }

  @Override
  public OpId id() {
    return OpId.of("concat");
  }

  @Override
  public List<String> synonyms() {
    return List.of("concatenate", "cat", "hstack", "vstack");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x").repeating();
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(0));
  }

  @Override
  public TensorType infer(Along along, InputTypes inputs) {
    int axis = inputs.axis(0, along.axis());
    Shape first = inputs.get(0).shape();
    int size = 0;
    for (TensorType type : inputs.all()) {
      Shape shape = type.shape();
      inputs.require(
          shape.rank() == first.rank()
              && shape.with(axis, Dim.of(1)).equals(first.with(axis, Dim.of(1))),
          first + " and " + shape + " differ in more than axis " + axis);
      Dim dim = shape.dim(axis);
      inputs.require(dim.isFixed(), "the named dimension " + dim + " cannot be joined to others");
      size = Math.addExact(size, dim.size());
    }
    return inputs.get(0).with(first.with(axis, Dim.of(size)));
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    Strip to = Strip.of(output.type(), along.axis());
    int start = 0;
    for (TensorReader x : inputs) {
      start = Strip.of(x.type(), along.axis()).copy(x, to, start, output);
    }
  }

  /** {@code dxₖ} is the part of g that shows {@code xₖ}. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    int axis = at.attributes().axis();
    List<Cotangent> parts = new ArrayList<>();
    int start = 0;
    for (Value x : at.inputs()) {
      int stop = start + x.shape().dim(axis).size();
      parts.add(Cotangent.flow(Slice.of(at.gradient(), axis, start, stop)));
      start = stop;
    }
    return parts;
  }
}
