package io.deltagraph.ops;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.List;

/** What reductions have in common: their attributes, and the way back to the input's shape. */
final class ReductionAxes {

  private ReductionAxes() {}

  /** {@code axes}, all of them by default, and {@code keepdims}, not by default. */
  static Schema<Reduction.Axes> schema() {
    return Schema.of(
        Reduction.Axes::new,
        OpAttribute.integers("axes", Reduction.Axes::axes).orElse(ImmutableList.of()),
        OpAttribute.flag("keepdims", Reduction.Axes::keepdims).orElse(false));
  }

  static Value of(String name, Value x, List<Integer> axes, boolean keepdims) {
    return x.op(name, new Reduction.Axes(ImmutableList.copyOf(axes), keepdims));
  }

  /** The folded axes of {@code x}, counted from 0. */
  static List<Integer> axes(Value x, Reduction.Axes axes) {
    return axes.of(new InputTypes(ImmutableList.of(x.type())));
  }

  /** A value of the output's shape with the folded axes put back as 1. */
  static Value kept(Value x, Reduction.Axes axes, Value value) {
    Shape shape = x.shape();
    for (int axis : axes(x, axes)) {
      shape = shape.with(axis, Dim.of(1));
    }
    return value.reshape(shape);
  }

  static Value kept(Adjoint<Reduction.Axes> at, Value value) {
    return kept(at.input(0), at.attributes(), value);
  }

  /** A value of the output's shape repeated over the folded axes. */
  static Value spread(Adjoint<Reduction.Axes> at, Value value) {
    return kept(at, value).broadcastTo(at.input(0).shape());
  }

  /** Elements with the largest finite number of their dtype in the place of infinity. */
  static Value finite(Value x) {
    double largest = x.dtype() == DType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    return Clip.of(x, -largest, largest);
  }

  /** Refuses to fold no elements, where there is no result. */
  static void refuseEmpty(InputTypes inputs, Reduction.Axes axes) {
    for (int axis : axes.of(inputs)) {
      Dim dim = inputs.get(0).shape().dim(axis);
      inputs.require(
          !dim.isFixed() || dim.size() > 0, "axis " + axis + " has no elements to choose from");
    }
  }

  /**
   * {@code x − mean}, with what the mean's rounding leaves taken off once more: far from 0 it is as
   * large as the distances themselves.
   */
  static Value deviations(Value x, Reduction.Axes axes, Value mean) {
    Value near = x.minus(mean);
    return near.minus(Mean.of(near, axes.axes(), true));
  }
}
